//! Engines of the differentiation interface under one roof, one feature each, and choice by name.
#![forbid(unsafe_code)]
