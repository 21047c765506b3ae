//! What the fuzz targets share; the tests of the program use it too, so that it is not forgotten.

pub mod container;
pub mod promise;
