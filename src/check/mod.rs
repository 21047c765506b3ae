//! (room check)
