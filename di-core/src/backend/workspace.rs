//! What an engine keeps between calls.

use std::any::Any;
use std::fmt::Debug;

/// Buffers of an engine: empty by default, sized by an `init_` method, kept by the prepared object.
///
/// Implemented for every type that can be.
pub trait Workspace: Default + Clone + Debug + Send + 'static {}

impl<W: Default + Clone + Debug + Send + 'static> Workspace for W {}

/// A [`Workspace`] whose type is known only where it is used.
#[derive(Debug, Default)]
pub struct ErasedWorkspace(Option<Box<dyn AnyWorkspace>>);

impl ErasedWorkspace {
    /// The workspace of type `W`: the one that is held, or a new one in the place of any other.
    ///
    /// Also says whether it is a new one.
    pub fn get<W: Workspace>(&mut self) -> (&mut W, bool) {
        let held = self.0.as_deref().is_some_and(|held| held.as_any().is::<W>());
        if !held {
            self.0 = Some(Box::new(W::default()));
        }
        match self.0.as_deref_mut().and_then(|held| held.as_any_mut().downcast_mut()) {
            Some(workspace) => (workspace, !held),
            None => unreachable!("the workspace was made two lines above"),
        }
    }
}

impl Clone for ErasedWorkspace {
    fn clone(&self) -> Self {
        Self(self.0.as_ref().map(|held| held.boxed_clone()))
    }
}

trait AnyWorkspace: Any + Debug + Send {
    fn boxed_clone(&self) -> Box<dyn AnyWorkspace>;
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<W: Workspace> AnyWorkspace for W {
    fn boxed_clone(&self) -> Box<dyn AnyWorkspace> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
