//! What messages say of places: their full names, where else a name is found, what became of a unit.

use super::Places;
use crate::classification::locality::{Found, Resolution, UnitId};
use crate::lang::{Lang, Words};
use crate::problem::Kind;
use crate::text::key;

/// Places named in one message; the others are counted.
const MOST_NAMED: usize = 4;

impl Places<'_> {
    /// `xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận`, as it was while it was in force.
    pub fn name(&self, id: UnitId) -> String {
        self.register.full_path(id, self.day)
    }

    /// The first of several places and how many others there are.
    pub fn listed(&self, ids: &[UnitId]) -> Words {
        self.first_of(ids, MOST_NAMED)
    }

    fn first_of(&self, ids: &[UnitId], most: usize) -> Words {
        let named: Vec<String> = ids.iter().map(|id| self.name(*id)).collect();
        // Two xã Phú Minh of one thành phố Hòa Bình: only their codes differ.
        let is_shared = |name: &String| named.iter().filter(|other| *other == name).count() > 1;
        let with_code = |(id, name): (&UnitId, &String)| match is_shared(name) {
            true => format!("{name} ({})", self.register.unit(*id).code),
            false => name.clone(),
        };
        let names: Vec<String> = ids.iter().zip(&named).take(most).map(with_code).collect();
        let names = names.join("; ");
        match ids.len().saturating_sub(most) {
            0 => Words::new(names.clone(), names),
            more => Words::new(
                format!("{names}; … và {more} nơi khác"),
                format!("{names}; … and {more} more"),
            ),
        }
    }

    /// A name, and of a unit of another time what its ground is called in the period.
    pub fn described(&self, id: UnitId) -> Words {
        let name = self.name(id);
        if self.register.in_force(id, self.day) {
            return Words::new(name.clone(), name);
        }
        let earlier = self.register.day_in_force(id, self.day) > self.day;
        let then = self.ground(id, self.day);
        if then.is_empty() {
            return Words::new(name.clone(), name);
        }
        let listed = self.first_of(&then, 2);
        let said = |lang: Lang| {
            let list = listed.get(lang);
            match (earlier, lang) {
                (true, Lang::Vi) => format!("{name} (trong kỳ là: {list})"),
                (true, Lang::En) => format!("{name} (in the period: {list})"),
                (false, Lang::Vi) => format!("{name} (nay thuộc: {list})"),
                (false, Lang::En) => format!("{name} (now part of: {list})"),
            }
        };
        Words::new(said(Lang::Vi), said(Lang::En))
    }

    /// A near name for a message.
    pub fn suggestion(&self, text: &str, within: Option<UnitId>) -> Option<String> {
        let scope = self.ground(within.or(self.home)?, self.day);
        let near = scope
            .iter()
            .find_map(|scope| self.register.suggest(text, Some(*scope), None, self.day))?;
        Some(self.register.unit(near).full_name())
    }

    /// Why no unit can be told from a cell: it names several, a name that several bear, one that lies
    /// outside the surrounding place, or none that is known.
    pub fn trouble(&self, text: &str, within: Option<UnitId>, several: Option<Vec<UnitId>>) -> Kind {
        let shown = text.trim().to_owned();
        let named = self.named_together(text, within);
        if named.len() > 1 {
            let places: Vec<String> = named
                .iter()
                .map(|id| self.register.unit(*id).full_name())
                .collect();
            return Kind::PlaceSeveral {
                text: shown,
                places: places.join("; "),
            };
        }
        if let Some(ids) = several {
            let candidates = self.listed(&ids);
            return Kind::PlaceAmbiguous {
                text: shown,
                candidates,
            };
        }
        let suggestion = String::new();
        let outer = within.or(self.home);
        let elsewhere = match self.register.resolve(&super::tidied(text), None, None, self.day) {
            Resolution::One(id, Found::ByTypeAndName | Found::ByName | Found::ByAlias) => vec![id],
            Resolution::Several(ids) => ids,
            _ => Vec::new(),
        };
        let ground = outer.map_or_else(Vec::new, |outer| self.ground(outer, self.day));
        let lies_inside = |id: &UnitId| ground.iter().any(|up| self.register.contains(*up, *id, self.day));
        let inside: Vec<UnitId> = elsewhere.iter().copied().filter(lies_inside).collect();
        match outer {
            // It has a name that several bear, with a chain that does not tell them apart.
            Some(_) if inside.len() > 1 => Kind::PlaceAmbiguous {
                text: shown,
                candidates: self.listed(&inside),
            },
            Some(outer) if !elsewhere.is_empty() => Kind::PlaceOutside {
                text: shown,
                places: self.listed(&self.nearest_first(elsewhere, outer)),
                within: self.register.unit(outer).full_name(),
                suggestion,
            },
            _ => Kind::PlaceUnknown {
                text: shown,
                suggestion,
            },
        }
    }

    /// Those in the same province first: the likeliest slip is a neighbour.
    fn nearest_first(&self, mut ids: Vec<UnitId>, near: UnitId) -> Vec<UnitId> {
        let day = self.day;
        let up = self.register.ancestors(near, day);
        ids.sort_by_key(|id| {
            let shared = self.register.ancestors(*id, day).into_iter();
            std::cmp::Reverse(shared.filter(|a| up.contains(a) || *a == near).count())
        });
        ids
    }

    /// The units that a cell puts beside each other: "xã A, xã B", "Các xã A và B", "Xã A + B". Fewer than
    /// two if that is not what it says.
    fn named_together(&self, text: &str, within: Option<UnitId>) -> Vec<UnitId> {
        let text = key(&super::tidied(text));
        let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let bare = bare.strip_prefix("các ").unwrap_or(bare);
        let spaced = bare.replace(" và ", ",").replace(['+', '&', ';', '/', '\n'], ",");
        let parts: Vec<&str> = spaced
            .split(',')
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .collect();
        if !(2..=12).contains(&parts.len()) {
            return Vec::new();
        }
        let kind = ["xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "tỉnh"]
            .into_iter()
            .find(|kind| parts[0].starts_with(&format!("{kind} ")));
        let ground = within
            .or(self.home)
            .map_or_else(Vec::new, |w| self.ground(w, self.day));
        let mut found: Vec<UnitId> = Vec::new();
        for part in parts {
            let typed = kind.map(|kind| format!("{kind} {part}"));
            let answer = [Some(part.to_owned()), typed]
                .into_iter()
                .flatten()
                .find_map(
                    |text| match self.register.resolve_in(&text, &ground, None, self.day) {
                        Resolution::One(id, _) => Some(id),
                        _ => None,
                    },
                );
            match answer {
                Some(id) if !found.contains(&id) => found.push(id),
                Some(_) => {}
                None => return Vec::new(),
            }
        }
        let nested = found.iter().any(|a| {
            found
                .iter()
                .any(|b| a != b && self.register.contains(*a, *b, self.day))
        });
        if nested { Vec::new() } else { found }
    }
}
