//! Words that are taken apart only when somebody looks: most of what was said long ago nobody looks at again.

use super::Utterance;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// An utterance that is read when it is first looked at. A copy shares what was read.
#[derive(Clone, Debug, Default)]
pub struct Later {
    text: String,
    read: OnceLock<Arc<Utterance>>,
}

impl Later {
    /// These words, unread.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), read: OnceLock::new() }
    }
}

impl From<Utterance> for Later {
    fn from(utterance: Utterance) -> Self {
        Self { text: String::new(), read: OnceLock::from(Arc::new(utterance)) }
    }
}

impl Deref for Later {
    type Target = Utterance;

    fn deref(&self) -> &Utterance {
        self.read.get_or_init(|| Arc::new(Utterance::read(&self.text)))
    }
}

impl PartialEq for Later {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
