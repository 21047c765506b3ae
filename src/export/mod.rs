//! (room export)
