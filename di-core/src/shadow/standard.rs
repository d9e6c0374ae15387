//! Shadows of the types of the standard library, and of arrays.

use super::Shadow;
use ndarray::{Array, Dimension};
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

macro_rules! zeroed {
    ($($type:ty)*) => {$(
        impl Shadow for $type {
            type Shadow = Self;

            #[inline]
            fn make_zero(&self) -> Self {
                0.0
            }

            #[inline]
            fn remake_zero(&self, shadow: &mut Self) {
                *shadow = 0.0;
            }
        }
    )*};
}

zeroed!(f32 f64);

macro_rules! copied {
    ($($type:ty)*) => {$(
        impl Shadow for $type {
            type Shadow = Self;

            #[inline]
            fn make_zero(&self) -> Self {
                self.clone()
            }

            #[inline]
            fn remake_zero(&self, shadow: &mut Self) {
                shadow.clone_from(self);
            }
        }
    )*};
}

copied!(() bool char i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize String &'static str);

impl<S: ?Sized> Shadow for PhantomData<S> {
    type Shadow = Self;

    fn make_zero(&self) -> Self {
        Self
    }

    fn remake_zero(&self, _: &mut Self) {}
}

impl<S: Shadow> Shadow for Vec<S> {
    type Shadow = Vec<S::Shadow>;

    fn make_zero(&self) -> Self::Shadow {
        self.iter().map(S::make_zero).collect()
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        shadow.truncate(self.len());
        for (primal, shadow) in self.iter().zip(shadow.iter_mut()) {
            primal.remake_zero(shadow);
        }
        shadow.extend(self.iter().skip(shadow.len()).map(S::make_zero));
    }
}

impl<S: Shadow, const N: usize> Shadow for [S; N] {
    type Shadow = [S::Shadow; N];

    fn make_zero(&self) -> Self::Shadow {
        self.each_ref().map(S::make_zero)
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        self.iter().zip(shadow).for_each(|(primal, shadow)| primal.remake_zero(shadow));
    }
}

impl<S: Shadow, D: Dimension> Shadow for Array<S, D> {
    type Shadow = Array<S::Shadow, D>;

    fn make_zero(&self) -> Self::Shadow {
        self.map(S::make_zero)
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        if self.raw_dim() == shadow.raw_dim() {
            self.iter().zip(shadow).for_each(|(primal, shadow)| primal.remake_zero(shadow));
        } else {
            *shadow = self.make_zero();
        }
    }
}

impl<S: Shadow> Shadow for Option<S> {
    type Shadow = Option<S::Shadow>;

    fn make_zero(&self) -> Self::Shadow {
        self.as_ref().map(S::make_zero)
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        match (self, shadow) {
            (Some(primal), Some(shadow)) => primal.remake_zero(shadow),
            (_, shadow) => *shadow = self.make_zero(),
        }
    }
}

impl<S: Shadow> Shadow for Box<S> {
    type Shadow = Box<S::Shadow>;

    fn make_zero(&self) -> Self::Shadow {
        Box::new((**self).make_zero())
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        (**self).remake_zero(shadow);
    }
}

impl<S: Shadow + Copy> Shadow for Cell<S> {
    type Shadow = Cell<S::Shadow>;

    fn make_zero(&self) -> Self::Shadow {
        Cell::new(self.get().make_zero())
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        self.get().remake_zero(shadow.get_mut());
    }
}

/// # Panics
///
/// If the cell is mutably borrowed.
impl<S: Shadow> Shadow for RefCell<S> {
    type Shadow = RefCell<S::Shadow>;

    fn make_zero(&self) -> Self::Shadow {
        RefCell::new(self.borrow().make_zero())
    }

    fn remake_zero(&self, shadow: &mut Self::Shadow) {
        self.borrow().remake_zero(shadow.get_mut());
    }
}

/// The shadow of what is referred to: a reference never shares its memory with a shadow.
impl<S: Shadow + ?Sized> Shadow for &S {
    type Shadow = S::Shadow;

    fn make_zero(&self) -> S::Shadow {
        (**self).make_zero()
    }

    fn remake_zero(&self, shadow: &mut S::Shadow) {
        (**self).remake_zero(shadow);
    }
}

macro_rules! tuples {
    ($($($name:ident $index:tt),+;)*) => {$(
        impl<$($name: Shadow),+> Shadow for ($($name,)+) {
            type Shadow = ($($name::Shadow,)+);

            fn make_zero(&self) -> Self::Shadow {
                ($(self.$index.make_zero(),)+)
            }

            fn remake_zero(&self, shadow: &mut Self::Shadow) {
                $(self.$index.remake_zero(&mut shadow.$index);)+
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
}
