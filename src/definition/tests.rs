//! The catalogue that is built in must load; what is wrong in a file must be named precisely.

use super::*;
use crate::lang::Lang;

fn faults(files: Vec<DefinitionFile>) -> Vec<String> {
    match load(files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|f| f.print(Lang::En)).collect(),
    }
}

#[test]
fn the_built_in_catalogue_is_without_fault() {
    assert_eq!(faults(embedded()), Vec::<String>::new());
}
