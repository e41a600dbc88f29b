//! A property that holds, or what contradicts it.
//!
//! In: a name, and offenders. Out: a verdict. Not its job: what the properties are.

/// One property, and what contradicts it.
pub struct Check {
    pub name: &'static str,
    pub offenders: Vec<String>,
}

impl Check {
    /// Whether nothing contradicts the property.
    pub fn holds(&self) -> bool {
        self.offenders.is_empty()
    }
}
