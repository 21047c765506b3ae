//! `--plan`: a plan sets what the command line does not.
//!
//! Holds: the command line goes before the plan, the plan before `bdg.toml`; where the command line and the plan
//!        differ, that is said.

use std::path::Path;

use super::args::General;
use super::config::{Settings, Unless};
use super::console::{Console, bold};
use crate::definition::{Catalogue, DefinitionFault, DefinitionFile};
use crate::host::{Host, in_words};
use crate::lang::Lang;
use crate::plan::{self, Log, Plan};

/// The pattern of a plan, for an office to copy.
pub const TEMPLATE: &str = include_str!("../../indicators/plans/template.toml");

/// The plan asked for, proved, and its say in the settings. `Err` holds all faults.
pub fn taken(
    host: &dyn Host,
    general: &General,
    settings: &mut Settings,
    catalogue: &mut Catalogue,
    unless: Unless,
) -> Result<Option<Plan>, Vec<String>> {
    let lang = settings.lang;
    // An office's plan at fault is told on every run, as any other file of its catalogue.
    let own = catalogue.plans.iter().any(|file| !file.embedded);
    let mut plans = Vec::new();
    if own || settings.plan.is_some() {
        plans = plan::load(catalogue).map_err(|faults| printed(&faults, lang))?;
    }
    let Some(asked) = settings.plan.clone().filter(|_| unless == Unless::Leading) else {
        return Ok(None);
    };
    let path = Path::new(&asked);
    let plan = match host.exists(path) && !host.is_folder(path) {
        true => plan::parse(catalogue, &file(host, path, lang)?).map_err(|faults| printed(&faults, lang))?,
        false => plan::find(plans, &asked).map_err(|why| vec![why.get(lang).to_owned()])?,
    };
    settings.locality = general.locality.clone().or_else(|| Some(plan.locality.clone()));
    settings.configured_locality = Some(plan.locality.clone());
    let covers = plan.covers();
    settings.period = match (general.period, settings.period, covers.as_slice()) {
        (Some(asked), ..) => Some(asked),
        (None, Some(configured), covers) if covers.contains(&configured) => Some(configured),
        (None, _, [only]) => Some(*only),
        (None, _, several) => {
            let codes: Vec<String> = several.iter().map(|p| p.code()).collect();
            let codes = codes.join(", ");
            return Err(vec![lang.pick(
                format!(
                    "kế hoạch “{}” có nhiều kỳ: {codes}; chọn một kỳ bằng --period",
                    plan.id
                ),
                format!(
                    "the plan “{}” has several periods: {codes}; choose one with --period",
                    plan.id
                ),
            )]);
        }
    };
    if let Some((programme, rows)) = &plan.own {
        catalogue.add_programme(programme.clone(), rows.iter().cloned());
    }
    if general.programmes.is_empty() {
        settings.programmes.clone_from(&plan.programmes);
    }
    for (own, of_plan) in [
        (&mut settings.office, &plan.office),
        (&mut settings.superior, &plan.superior),
    ] {
        if own.is_empty() {
            of_plan.get(lang).clone_into(own);
        }
    }
    Ok(Some(plan))
}

/// Which plan is followed, and where the command line goes before it.
pub fn say(console: &Console, plan: &Plan, general: &General) {
    let lang = console.lang;
    // A plan's name begins with what it is: "Kế hoạch thực hiện …".
    let label = bold(lang.pick("Theo", "By the"));
    console.aside(&format!("{label} {} ({})", plan.name.get(lang), plan.file));
    let instead = |flag: &str, asked: String, planned: String| {
        if asked != planned {
            console.aside(&lang.pick(
                format!("  {flag} {asked} thay cho {planned} của kế hoạch"),
                format!("  {flag} {asked} in place of the plan's {planned}"),
            ));
        }
    };
    if let Some(locality) = &general.locality {
        instead("--locality", locality.clone(), plan.locality.clone());
    }
    let covers = plan.covers();
    if let Some(period) = general.period.filter(|p| !covers.contains(p)) {
        let codes: Vec<String> = covers.iter().map(|p| p.code()).collect();
        instead("--period", period.code(), codes.join(", "));
    }
    if !general.programmes.is_empty() {
        instead(
            "--programme",
            general.programmes.join(","),
            plan.programmes.join(","),
        );
    }
}

/// The log of received reports. Without a plan nobody is expected to send anything.
pub fn log(host: &dyn Host, general: &General, settings: &Settings) -> Result<Option<Log>, Vec<String>> {
    let lang = settings.lang;
    let Some(path) = &general.received else {
        return Ok(None);
    };
    if settings.plan.is_none() {
        let words = lang.pick("--received đi cùng --plan", "--received goes with --plan");
        return Err(vec![words.to_owned()]);
    }
    let file = file(host, path, lang)?;
    let log = plan::parse_log(&file.path, &file.text);
    log.map(Some).map_err(|faults| printed(&faults, lang))
}

fn file(host: &dyn Host, path: &Path, lang: Lang) -> Result<DefinitionFile, Vec<String>> {
    let shown = path.display().to_string();
    let bytes = host.read(path).map_err(|error| {
        let why = in_words(&error);
        vec![lang.pick(
            format!("không đọc được {shown}: {}", why.vi),
            format!("cannot read {shown}: {}", why.en),
        )]
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        vec![lang.pick(
            format!("{shown}: không phải là chữ UTF-8"),
            format!("{shown}: is not UTF-8 text"),
        )]
    })?;
    Ok(DefinitionFile {
        path: shown,
        text,
        embedded: false,
    })
}

fn printed(faults: &[DefinitionFault], lang: Lang) -> Vec<String> {
    faults.iter().map(|f| f.print(lang)).collect()
}
