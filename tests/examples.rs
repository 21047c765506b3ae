//! Every indicator file carries worked examples; all are recomputed here, through the real sums.

use bdg::definition::Catalogue;
use bdg::engine::examples::fault;
use bdg::lang::Lang;

pub fn catalogue() -> Catalogue {
    let files = bdg::definition::embedded();
    bdg::definition::load(files).unwrap_or_else(|faults| {
        let all: Vec<String> = faults.iter().map(|f| f.print(Lang::En)).collect();
        panic!("{}", all.join("\n"))
    })
}

#[test]
fn every_worked_example_comes_out() {
    let mut catalogue = catalogue();
    catalogue.choose_all();
    let mut faults = Vec::new();
    let mut recomputed = 0;
    for (index, indicator) in catalogue.indicators.iter().enumerate() {
        assert!(!indicator.examples.is_empty(), "{} has no example", indicator.id);
        for example in &indicator.examples {
            recomputed += 1;
            faults.extend(fault(&catalogue, index, example).map(|f| f.print(Lang::En)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(recomputed >= 26, "only {recomputed} examples");
}
