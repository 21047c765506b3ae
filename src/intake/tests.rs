//! Tests of the whole reader on grids built in code.
