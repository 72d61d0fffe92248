//! Findings and figures → what people and machines read.

pub mod excerpt;
