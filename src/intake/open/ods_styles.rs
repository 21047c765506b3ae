//! Styles of ods that matter here: which font a cell or a run has, which tables are hidden.

use std::collections::{BTreeMap, BTreeSet};

use super::markup::{self, Broken, Markup, Piece, Tag};
use crate::text::legacy::Font;

/// Gathered from the common styles and from those of the content.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Font faces by the name that styles call them.
    faces: BTreeMap<String, Font>,
    /// Of cells and of texts, by name.
    styles: BTreeMap<(Family, String), Style>,
    hidden_tables: BTreeSet<String>,
    open: Option<(Family, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Cell,
    Text,
    Table,
}

#[derive(Debug, Default)]
struct Style {
    font: Option<Font>,
    parent: Option<String>,
}

impl Styles {
    /// Those of a part of their own.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let bytes = markup::in_utf8(bytes);
        let mut markup = Markup::new(&bytes);
        while let Some(piece) = markup.next()? {
            if let Piece::Start(tag) = piece {
                self.take(&tag);
            }
        }
        Ok(())
    }

    /// One opening tag, whatever it is.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"font-face" => {
                let family = tag.attribute(b"font-family");
                if let (Some(name), Some(family)) = (tag.attribute(b"name"), family) {
                    self.faces.insert(name, Font::named(&family));
                }
            }
            b"default-style" => self.open = None,
            b"style" => {
                let family = match tag.raw(b"family") {
                    Some(b"table-cell") => Some(Family::Cell),
                    Some(b"text") => Some(Family::Text),
                    Some(b"table") => Some(Family::Table),
                    _ => None,
                };
                self.open = family.zip(tag.attribute(b"name"));
                if let Some(key) = self.open.clone() {
                    let style = Style {
                        font: None,
                        parent: tag.attribute(b"parent-style-name"),
                    };
                    self.styles.insert(key, style);
                }
            }
            b"table-properties" => {
                if let (Some(b"false"), Some((Family::Table, name))) = (tag.raw(b"display"), &self.open) {
                    self.hidden_tables.insert(name.clone());
                }
            }
            b"text-properties" => {
                let face = tag.attribute(b"font-name");
                let face = face.and_then(|name| self.faces.get(&name).copied().or(Some(Font::named(&name))));
                let own = face.or_else(|| tag.attribute(b"font-family").map(|name| Font::named(&name)));
                let style = self.open.as_ref().and_then(|key| self.styles.get_mut(key));
                if let (Some(own), Some(style)) = (own, style) {
                    style.font = Some(own);
                }
            }
            _ => {}
        }
    }

    pub(super) fn is_hidden(&self, table: &str) -> bool {
        self.hidden_tables.contains(table)
    }

    /// The font of a style, its own or an ancestor's.
    pub(super) fn font(&self, family: Family, name: &str) -> Option<Font> {
        let mut name = name.to_owned();
        // A chain of parents longer than this is a loop.
        for _ in 0..16 {
            let style = self.styles.get(&(family, name))?;
            if style.font.is_some() {
                return style.font;
            }
            name = style.parent.clone()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_comes_from_the_style_or_its_parents() {
        let mut styles = Styles::default();
        let text = "<s><font-face name='F1' font-family=\"'.VnTime'\"/>\
            <style name='Default' family='table-cell'><text-properties font-name='F1'/></style>\
            <style name='ce1' family='table-cell' parent-style-name='Default'/>\
            <style name='ce2' family='table-cell' parent-style-name='ce2'/>\
            <style name='T1' family='text'><text-properties fo:font-family='VNI-Times'/></style>\
            <style name='ta1' family='table'><table-properties display='false'/></style></s>";
        styles.read(text.as_bytes()).unwrap();
        assert_eq!(styles.font(Family::Cell, "ce1"), Some(Font::Tcvn3));
        assert_eq!(styles.font(Family::Cell, "ce2"), None);
        assert_eq!(styles.font(Family::Text, "T1"), Some(Font::Vni));
        assert!(styles.is_hidden("ta1") && !styles.is_hidden("T1"));
    }
}
