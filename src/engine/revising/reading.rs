//! Finds a run by its folder and reads what it left; every file is proved by its digest.

use std::path::{Path, PathBuf};

use crate::engine::Failure;
use crate::engine::files::RUN_RECORD;
use crate::host::{Host, in_words};
use crate::intake::sha256;
use crate::lang::Words;
use crate::recall::{Facts, Record, Unknown, Unreadable, figures, record};
use crate::revision::{Known, Steps};

/// A run that is compared.
pub(super) struct Run {
    /// The last parts of its folder's name.
    pub name: String,
    folder: PathBuf,
    pub record: Record,
}

impl Run {
    /// From a folder of outputs, or the record in it.
    pub fn find(host: &dyn Host, path: &Path) -> Result<Run, Failure> {
        let (folder, file) = match host.is_folder(path) {
            true => (path.to_path_buf(), path.join(RUN_RECORD)),
            false => (
                path.parent().map(Path::to_path_buf).unwrap_or_default(),
                path.to_path_buf(),
            ),
        };
        if !host.exists(&file) {
            let shown = path.display();
            return Err(Failure(Words::new(
                format!("{shown}: không có {RUN_RECORD}; hãy chỉ thư mục mà bdg report đã ghi kết quả"),
                format!(
                    "{shown}: there is no {RUN_RECORD}; name the folder that bdg report wrote its results to"
                ),
            )));
        }
        let bytes = host
            .read(&file)
            .map_err(|error| unreadable(&file, &in_words(&error)))?;
        let record = record(&bytes).map_err(|Unreadable(why)| unreadable(&file, &why))?;
        Ok(Run {
            name: name(&folder),
            folder,
            record,
        })
    }

    /// The reported figures behind the run.
    pub fn facts(
        &self,
        host: &dyn Host,
        reader: &mut Facts<'_>,
        to: &mut Vec<Known>,
        unknown: &mut Unknown,
    ) -> Result<(), Failure> {
        reader.begin(&self.record.inputs);
        for name in &self.record.facts {
            let bytes = self.proved(host, name)?;
            let read = reader.read(bytes, to, unknown);
            read.map_err(|Unreadable(why)| unreadable(&self.folder.join(name), &why))?;
        }
        Ok(())
    }

    /// The figures that it published.
    pub fn figures(&self, host: &dyn Host, steps: &mut Steps) -> Result<(), Failure> {
        let name = &self.record.figures;
        let read = figures(self.proved(host, name)?, |row| {
            steps.say(
                row.indicator,
                (row.code, row.level),
                row.period,
                row.group,
                row.amounts,
            );
        });
        read.map_err(|Unreadable(why)| unreadable(&self.folder.join(name), &why))
    }

    /// The bytes of a file of the run, if they are those it wrote.
    fn proved(&self, host: &dyn Host, name: &str) -> Result<Vec<u8>, Failure> {
        let path = self.folder.join(name);
        let Some(output) = self.record.output(name) else {
            return Err(unreadable(
                &self.folder.join(RUN_RECORD),
                &Words::new(
                    format!("bản ghi bị hỏng, không nói gì về {name}; hãy chạy lại bdg report"),
                    format!("the record is damaged, it says nothing of {name}; run bdg report again"),
                ),
            ));
        };
        if !host.exists(&path) {
            return Err(unreadable(
                &path,
                &Words::new(
                    "không còn tệp này; cần cả thư mục kết quả của lần chạy, hoặc chạy lại bdg report",
                    "the file is gone; the whole folder of the run's results is needed, or run bdg report again",
                ),
            ));
        }
        let bytes = host
            .read(&path)
            .map_err(|error| unreadable(&path, &in_words(&error)))?;
        if sha256(&bytes) != output.sha256 {
            return Err(unreadable(
                &path,
                &Words::new(
                    "không phải tệp mà lần chạy này đã ghi (SHA-256 khác với bản ghi): đã bị sửa, hỏng, hoặc thuộc lần chạy khác; hãy chạy lại bdg report",
                    "it is not the file that this run wrote (its SHA-256 is not that of the record): edited, damaged, or of another run; run bdg report again",
                ),
            ));
        }
        Ok(bytes)
    }

    /// Nothing that the run wrote is overwritten by the comparison.
    pub fn spares(&self, output: &Path) -> Result<(), Failure> {
        let whole = |p: &Path| std::path::absolute(p).unwrap_or_else(|_| p.to_path_buf());
        let asked = whole(output);
        let names = self.record.outputs.iter().map(|o| o.name.as_str());
        let mut own = names.chain([RUN_RECORD]);
        match own.any(|name| whole(&self.folder.join(name)) == asked) {
            false => Ok(()),
            true => Err(unreadable(
                output,
                &Words::new(
                    "là kết quả của lần chạy được so sánh, không ghi đè; hãy chọn tên khác",
                    "it is a result of a run that is compared and is not overwritten; choose another name",
                ),
            )),
        }
    }
}

/// `thang-6/ket-qua`: enough to tell two runs apart, nothing of the machine.
fn name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let parts: Vec<String> = whole
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    parts.last().cloned().unwrap_or_default()
}

fn unreadable(path: &Path, why: &Words) -> Failure {
    let shown = path.display();
    Failure(Words::new(
        format!("{shown}: {}", why.vi),
        format!("{shown}: {}", why.en),
    ))
}
