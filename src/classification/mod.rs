//! Code lists: what may be said about a figure.
//!
//! In:  the parsed lists of `indicators/` (see [`crate::definition`]).
//! Out: categories of sex, age, ethnicity and items; measures; localities with their history.
//! Holds: ids given out are indices that follow the declared order; nothing here knows a spreadsheet.

pub mod locality;

use std::collections::BTreeMap;

use crate::lang::Words;
use crate::quantity::Unit;

/// One of the four ways in which a figure may be split.
///
/// `Item` is the split that a measure declares for itself: grade, organ, form of violence, ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Sex,
    Age,
    Ethnicity,
    Item,
}

impl Dimension {
    pub const ALL: [Dimension; 4] = [
        Dimension::Sex,
        Dimension::Age,
        Dimension::Ethnicity,
        Dimension::Item,
    ];

    /// Stable code, as written in the catalogue and in tidy data.
    pub fn code(self) -> &'static str {
        match self {
            Dimension::Sex => "sex",
            Dimension::Age => "age",
            Dimension::Ethnicity => "ethnicity",
            Dimension::Item => "item",
        }
    }
}

/// A category of any code list; `ALL` means "not split".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CategoryId(pub u16);

impl CategoryId {
    /// Everybody or everything: the dimension is not split.
    pub const ALL: CategoryId = CategoryId(0);

    pub fn is_all(self) -> bool {
        self == CategoryId::ALL
    }
}

/// One category of a list: `female`, `15-19`, `hmong`, `grade-1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Unique within its list; lower-case ASCII.
    pub code: String,
    pub list: ListId,
    pub name: Words,
    /// Other ways in which sheets write it (the names are always included).
    pub synonyms: Vec<String>,
    /// What sheets write where it stands beside others of the same parent: "Khác" after Tày and Nùng is all
    /// minorities not named, and after Kinh alone it is the minorities.
    pub among: Vec<String>,
    /// The wider category that contains it: `hmong` ⊂ `minority`.
    pub parent: Option<CategoryId>,
    /// Completed years, both included; `None` above means open. Only for ages.
    pub years: Option<(u8, Option<u8>)>,
    /// Code numbers in official lists, as (list name, code); ethnic groups have two that disagree.
    pub numbers: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u16);

/// A code list: the categories of one dimension, or of one kind of item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// `sex`, `age`, `ethnicity`, or the id that measures name in `items`.
    pub id: String,
    pub dimension: Dimension,
    pub name: Words,
    /// Its top categories divide the whole without overlap (sexes do, forms of violence do not).
    pub partition: bool,
    pub categories: Vec<CategoryId>,
}

/// All code lists. Category 0 is "all".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLists {
    pub lists: Vec<CodeList>,
    pub categories: Vec<Category>,
}

impl CodeLists {
    pub fn list(&self, id: ListId) -> &CodeList {
        &self.lists[usize::from(id.0)]
    }

    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[usize::from(id.0)]
    }

    pub fn dimension(&self, id: CategoryId) -> Dimension {
        self.list(self.category(id).list).dimension
    }

    pub fn list_named(&self, id: &str) -> Option<ListId> {
        self.lists
            .iter()
            .position(|l| l.id == id)
            .map(|i| ListId(i as u16))
    }

    /// A category by list and code: `("sex", "female")`.
    pub fn find(&self, list: &str, code: &str) -> Option<CategoryId> {
        let list = self.list_named(list)?;
        self.list(list)
            .categories
            .iter()
            .copied()
            .find(|id| self.category(*id).code == code)
    }

    /// Whether `inner` is `outer` or lies inside it.
    pub fn contains(&self, outer: CategoryId, inner: CategoryId) -> bool {
        if outer.is_all() {
            return true;
        }
        let mut at = Some(inner);
        while let Some(id) = at.filter(|id| !id.is_all()) {
            if id == outer {
                return true;
            }
            at = self.category(id).parent;
        }
        false
    }
}

/// What a figure is split by: for each dimension all, or one category. Never a cross that was not
/// reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Breakdown {
    pub sex: CategoryId,
    pub age: CategoryId,
    pub ethnicity: CategoryId,
    pub item: CategoryId,
}

impl Breakdown {
    pub fn get(self, dimension: Dimension) -> CategoryId {
        match dimension {
            Dimension::Sex => self.sex,
            Dimension::Age => self.age,
            Dimension::Ethnicity => self.ethnicity,
            Dimension::Item => self.item,
        }
    }

    #[must_use]
    pub fn with(mut self, dimension: Dimension, category: CategoryId) -> Self {
        match dimension {
            Dimension::Sex => self.sex = category,
            Dimension::Age => self.age = category,
            Dimension::Ethnicity => self.ethnicity = category,
            Dimension::Item => self.item = category,
        }
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId(pub u16);

/// How a measure behaves in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Counted over a span: two halves add up to the year.
    Flow,
    /// Counted on a day: the last one stands for the year.
    Stock,
}

/// How a measure behaves over places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// A parent's figure is the sum of its children's; reported beside them it is compared.
    Total,
    /// Bodies of every level (a province's station, a district's): a parent's report covers its own and those below
    /// it, and stands unless those below have more.
    Whole,
    /// Each unit reports its own bodies (its own People's Committee): a parent's sum is its own
    /// report plus its children's.
    Own,
    /// Means, answers: never added.
    None,
}

/// Something that can be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub id: String,
    pub name: Words,
    pub unit: Unit,
    pub flow: Flow,
    pub spread: Spread,
    /// Values are integers of `10^-decimals` units; 0 for counts.
    pub decimals: u8,
    /// Dimensions it may be split by, without `Item`.
    pub dimensions: Vec<Dimension>,
    /// The list its items come from.
    pub items: Option<ListId>,
    pub synonyms: Vec<String>,
    /// Figures about victims and perpetrators: to be protected in public editions.
    pub sensitive: bool,
}

/// The measures of the catalogue, by declared order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    pub all: Vec<Measure>,
    by_id: BTreeMap<String, MeasureId>,
}

impl Measures {
    pub fn new(all: Vec<Measure>) -> Self {
        let by_id = all
            .iter()
            .enumerate()
            .map(|(i, m)| (m.id.clone(), MeasureId(i as u16)))
            .collect();
        Measures { all, by_id }
    }

    pub fn get(&self, id: MeasureId) -> &Measure {
        &self.all[usize::from(id.0)]
    }

    pub fn find(&self, id: &str) -> Option<MeasureId> {
        self.by_id.get(id).copied()
    }

    pub fn ids(&self) -> impl Iterator<Item = MeasureId> + use<> {
        (0..self.all.len() as u16).map(MeasureId)
    }
}
