//! Tests of the catalog as a whole: one binary, so that it is linked once.

mod entitlements;
mod files;
mod loading;
mod mistakes;
mod shipped;
