//! What `#[shadow(…)]` says.

use syn::{Attribute, Error, Meta, Path, Result};

const ARGUMENTS: &str =
    "there are `#[shadow(constant)]`, on a field or the type, and `#[shadow(crate = path)]`, on the type";

/// The arguments of all `#[shadow(…)]` of one place.
#[derive(Default)]
pub(crate) struct Marks {
    pub(crate) constant: bool,
    pub(crate) root: Option<Path>,
}

/// What an attribute stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Type,
    Variant,
    Field,
}

impl Marks {
    pub(crate) fn of(attributes: &[Attribute], place: Place) -> Result<Self> {
        let mut marks = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("shadow")) {
            if !matches!(attribute.meta, Meta::List(_)) {
                return Err(Error::new_spanned(attribute, format!("an argument is missing: {ARGUMENTS}")));
            }
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("constant") {
                    if place == Place::Variant {
                        return Err(
                            meta.error("a variant is no constant by itself: mark its fields, or the whole enum")
                        );
                    }
                    if marks.constant {
                        return Err(meta.error("`constant` is given twice: once is enough"));
                    }
                    marks.constant = true;
                } else if meta.path.is_ident("crate") {
                    if place != Place::Type {
                        return Err(
                            meta.error("`crate` belongs on the type that derives `Shadow`, not on a part of it")
                        );
                    }
                    if marks.root.is_some() {
                        return Err(meta.error("`crate` is given twice: once is enough"));
                    }
                    marks.root = Some(meta.value()?.call(Path::parse_mod_style)?);
                } else {
                    return Err(meta.error(format!("unknown argument: {ARGUMENTS}")));
                }
                Ok(())
            })?;
        }
        Ok(marks)
    }
}
