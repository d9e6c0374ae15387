//! Bones, skin and triangles of a hand.

use crate::data::{Lines, Result, number, read};
use std::path::Path;
use std::sync::Arc;

/// The number of parameters of a pose.
pub(super) const PARAMETERS: usize = 26;
/// The bones from which on the three joints of each of five fingers follow, four bones from one finger to the next.
const FIRST_JOINT: usize = 2;
const FINGERS: usize = 5;
/// The least number of bones that five fingers need.
const BONES: usize = FIRST_JOINT + 4 * (FINGERS - 1) + 3;

/// A hand: bones in a tree, vertices of a skin that follow them, and triangles of vertices.
///
/// Affine maps are three rows of four numbers, one after the other. A clone shares the numbers.
#[derive(Clone, Debug)]
pub struct HandModel(pub(super) Arc<Parts>);

/// The numbers of a hand.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) bones: Vec<Bone>,
    pub(super) vertices: Vec<[f64; 3]>,
    /// Of each vertex where its bones start in the next two lists; one more than there are vertices.
    pub(super) starts: Vec<usize>,
    pub(super) followed: Vec<usize>,
    pub(super) weights: Vec<f64>,
    pub(super) triangles: Vec<[usize; 3]>,
}

/// A bone.
#[derive(Clone, Debug)]
pub(super) struct Bone {
    /// The index of its parent plus 1, or 0 for a root.
    pub(super) parent: usize,
    /// From its parent at rest to the bone.
    pub(super) relative: [f64; 12],
    /// From the bone at rest to the model.
    pub(super) inverse: [f64; 12],
    /// The parameter that bends it, or 0.
    pub(super) bend: usize,
    /// The parameter that spreads it, or 0.
    pub(super) spread: usize,
}

impl HandModel {
    /// Reads the files `bones.txt`, `vertices.txt` and `triangles.txt` of a folder.
    ///
    /// # Errors
    ///
    /// [`DataError::Read`](crate::DataError::Read), or [`DataError::File`](crate::DataError::File) with the error of [`parse`](Self::parse).
    pub fn read(folder: &Path) -> Result<Self> {
        let bones = read(&folder.join("bones.txt"), parse_bones)?;
        let skin = read(&folder.join("vertices.txt"), |text| parse_vertices(text, bones.len()))?;
        let triangles = read(&folder.join("triangles.txt"), |text| parse_triangles(text, skin.0.len()))?;
        Ok(Self::from_parts(bones, skin, triangles))
    }

    /// Reads the texts of the three files, whose fields are separated by colons:
    ///
    /// | text | a line |
    /// | --- | --- |
    /// | bones | name, parent or -1, 16 numbers of the map from the parent, 16 numbers of the inverse of the absolute map |
    /// | vertices | three numbers, five fields that are skipped, a count, as many pairs of a bone and a weight |
    /// | triangles | three vertices |
    ///
    /// # Errors
    ///
    /// [`DataError::Malformed`](crate::DataError::Malformed), with the line.
    pub fn parse(bones: &str, vertices: &str, triangles: &str) -> Result<Self> {
        let bones = parse_bones(bones)?;
        let skin = parse_vertices(vertices, bones.len())?;
        let triangles = parse_triangles(triangles, skin.0.len())?;
        Ok(Self::from_parts(bones, skin, triangles))
    }

    fn from_parts(bones: Vec<Bone>, (vertices, starts, followed, weights): Skin, triangles: Vec<[usize; 3]>) -> Self {
        Self(Arc::new(Parts { bones, vertices, starts, followed, weights, triangles }))
    }

    /// The number of vertices.
    #[must_use]
    pub fn vertices(&self) -> usize {
        self.0.vertices.len()
    }

    /// The number of triangles.
    #[must_use]
    pub fn triangles(&self) -> usize {
        self.0.triangles.len()
    }
}

/// A vertex, and the bones that it follows with their weights.
type Vertex = ([f64; 3], Vec<(usize, f64)>);

/// Vertices, and what they follow.
type Skin = (Vec<[f64; 3]>, Vec<usize>, Vec<usize>, Vec<f64>);

fn parse_bones(text: &str) -> Result<Vec<Bone>> {
    const EXPECTED: &str = "a bone: a name, an earlier bone or -1, and two affine maps of 16 numbers";
    let mut lines = Lines::of_colons(text);
    let mut bones = Vec::new();
    while !lines.is_done() {
        let fields = lines.fields(EXPECTED)?;
        let bone = parse_bone(&fields, bones.len());
        bones.push(bone.ok_or_else(|| lines.malformed(EXPECTED))?);
    }
    if bones.len() < BONES {
        lines.fields("more bones, 21 at least")?;
    }
    Ok(bones)
}

fn parse_bone(fields: &[&str], index: usize) -> Option<Bone> {
    let [_, parent, maps @ ..] = fields else { return None };
    let parent = if *parent == "-1" { 0 } else { parent.parse::<usize>().ok()?.checked_add(1)? };
    let numbers: Vec<f64> = maps.iter().map(|field| number(field)).collect::<Option<_>>()?;
    if numbers.len() != 32 || parent > index {
        return None;
    }
    let (bend, spread) = match index.checked_sub(FIRST_JOINT).map(|past| (past / 4, past % 4)) {
        Some((finger, 0)) if finger < FINGERS => (6 + 4 * finger, 7 + 4 * finger),
        Some((finger, joint @ 1..3)) if finger < FINGERS => (7 + 4 * finger + joint, 0),
        _ => (0, 0),
    };
    let (relative, inverse) = numbers.split_at(16);
    Some(Bone { parent, relative: affine(relative)?, inverse: affine(inverse)?, bend, spread })
}

/// The first three rows, if the last is `0 0 0 1`.
fn affine(matrix: &[f64]) -> Option<[f64; 12]> {
    let (rows, last) = matrix.split_at(12);
    if last == [0.0, 0.0, 0.0, 1.0] { rows.try_into().ok() } else { None }
}

fn parse_vertices(text: &str, bones: usize) -> Result<Skin> {
    const EXPECTED: &str = "a vertex: three numbers, five fields, a count, and pairs of a bone and a weight";
    let mut lines = Lines::of_colons(text);
    let (mut vertices, mut starts, mut followed, mut weights) = Skin::default();
    starts.push(0);
    while !lines.is_done() {
        let fields = lines.fields(EXPECTED)?;
        let Some((vertex, pairs)) = parse_vertex(&fields, bones) else { return Err(lines.malformed(EXPECTED)) };
        vertices.push(vertex);
        for (bone, weight) in pairs.into_iter().filter(|(_, weight)| *weight != 0.0) {
            followed.push(bone);
            weights.push(weight);
        }
        starts.push(followed.len());
    }
    if vertices.is_empty() {
        lines.fields(EXPECTED)?;
    }
    Ok((vertices, starts, followed, weights))
}

fn parse_vertex(fields: &[&str], bones: usize) -> Option<Vertex> {
    let [x, y, z, _, _, _, _, _, count, pairs @ ..] = fields else { return None };
    let vertex = [number(x)?, number(y)?, number(z)?];
    if count.parse::<usize>().ok()?.checked_mul(2) != Some(pairs.len()) {
        return None;
    }
    let pair = |pair: &[&str]| {
        let bone: usize = pair[0].parse().ok().filter(|bone| *bone < bones)?;
        Some((bone, number(pair[1])?))
    };
    Some((vertex, pairs.chunks_exact(2).map(pair).collect::<Option<_>>()?))
}

fn parse_triangles(text: &str, vertices: usize) -> Result<Vec<[usize; 3]>> {
    let expected = format!("a triangle: three vertices, whole numbers below {vertices}");
    let mut lines = Lines::of_colons(text);
    let mut triangles = Vec::new();
    while !lines.is_done() {
        let fields = lines.fields(&expected)?;
        let corners: Option<Vec<usize>> = fields.iter().map(|field| field.parse().ok()).collect();
        let corners = corners.filter(|corners| corners.iter().all(|&vertex| vertex < vertices));
        let corners: Option<[usize; 3]> = corners.and_then(|corners| corners.try_into().ok());
        triangles.push(corners.ok_or_else(|| lines.malformed(&expected))?);
    }
    Ok(triangles)
}
