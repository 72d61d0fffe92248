//! Office files, as Word and Excel write them: a ZIP archive of XML parts → the parts, within limits.

pub(crate) mod archive;
pub(crate) mod xml;
