//! The tree of a page, built by html5ever as browsers build it, in one arena.

use crate::source::NotAReport;
use html5ever::interface::tree_builder::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// A node, by its place in the arena.
pub(super) type NodeId = usize;

/// The deepest elements may nest. Unclosed formatting of old pages nests some hundred deep.
const DEEPEST: u32 = 1_500;
/// The most nodes a page may have.
const MOST_NODES: usize = 2_000_000;
/// How much is parsed between looks at those limits, in bytes.
const CHUNK: usize = 4 * 1024;

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// The page itself, and what shows nothing.
    Other,
    /// An element with its attributes.
    Element(QualName, Vec<Attribute>),
    /// Text.
    Text(String),
    /// A comment: pages saved by a browser say in one where they are from.
    Comment(String),
}

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub(super) content: Content,
    /// What it stands in.
    pub(super) parent: Option<NodeId>,
    /// What stands in it.
    pub(super) children: Vec<NodeId>,
    depth: u32,
}

/// A page as a tree.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Parses a page.
    ///
    /// # Errors
    /// If it is larger or deeper than any page.
    pub(super) fn parse(page: &str) -> Result<Self, NotAReport> {
        let sink = Sink { nodes: RefCell::new(vec![Node::new(Content::Other)]), deepest: Cell::new(0) };
        let mut parser = parse_document(sink, ParseOpts::default());
        let mut rest = page;
        while !rest.is_empty() {
            let mut end = CHUNK.min(rest.len());
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            let (chunk, after) = rest.split_at(end);
            parser.process(StrTendril::from_slice(chunk));
            rest = after;
            let sink = &parser.tokenizer.sink.sink;
            if sink.deepest.get() > DEEPEST || sink.nodes.borrow().len() > MOST_NODES {
                return Err(NotAReport::Bomb);
            }
        }
        Ok(parser.finish())
    }

    /// A node.
    pub(super) fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The page itself.
    pub(super) const fn root(&self) -> NodeId {
        0
    }

    /// What stands in a node.
    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        self.get(id).map_or(&[], |node| node.children.as_slice())
    }

    /// The local name of an element; empty for what is none.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.get(id).map(|node| &node.content) {
            Some(Content::Element(name, _)) => &name.local,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match self.get(id).map(|node| &node.content) {
            Some(Content::Element(_, attributes)) => {
                attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
            }
            _ => None,
        }
    }

    /// All nodes in the order of the page.
    pub(super) fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut stack = vec![id];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(self.children(next).iter().rev());
            Some(next)
        })
    }

    /// The text in a node, as it stands in the file.
    pub(super) fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for node in self.descendants(id) {
            if let Some(Content::Text(part)) = self.get(node).map(|node| &node.content) {
                text.push_str(part);
            }
        }
        text
    }

    /// What a node stands in, inside out.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.get(id).and_then(|node| node.parent), |id| self.get(*id).and_then(|node| node.parent))
    }
}

impl Node {
    const fn new(content: Content) -> Self {
        Self { content, parent: None, children: Vec::new(), depth: 0 }
    }
}

/// What the parser builds the tree with.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    deepest: Cell<u32>,
}

/// An element's name, of its own so that nothing stays borrowed.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn add(&self, content: Content) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(content));
        nodes.len() - 1
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes.get_mut(id).and_then(|node| node.parent.take());
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            parent.children.retain(|child| *child != id);
        }
    }

    /// Puts something into a node before its child number `at`, or at its end.
    fn insert(&self, parent: NodeId, at: Option<usize>, child: NodeOrText<NodeId>) {
        let child = match child {
            NodeOrText::AppendNode(child) => {
                self.detach(child);
                child
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let end = at.unwrap_or(usize::MAX);
                let before = nodes.get(parent).and_then(|node| node.children.get(end.min(node.children.len()).checked_sub(1)?)).copied();
                if let Some(Content::Text(there)) = before.and_then(|before| nodes.get_mut(before)).map(|node| &mut node.content) {
                    there.push_str(&text);
                    return;
                }
                drop(nodes);
                self.add(Content::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |node| node.depth) + 1;
        self.deepest.set(self.deepest.get().max(depth));
        if let Some(node) = nodes.get_mut(child) {
            (node.parent, node.depth) = (Some(parent), depth);
        }
        if let Some(node) = nodes.get_mut(parent) {
            let at = at.unwrap_or(usize::MAX).min(node.children.len());
            node.children.insert(at, child);
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        match self.nodes.borrow().get(*target).map(|node| &node.content) {
            Some(Content::Element(name, _)) => Name(name.clone()),
            _ => Name(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.add(Content::Element(name, attributes))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(Content::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Content::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow().get(*element).is_some_and(|node| node.parent.is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes.get(*sibling).and_then(|node| node.parent);
            parent.and_then(|parent| Some((parent, nodes.get(parent)?.children.iter().rposition(|child| child == sibling)?)))
        };
        if let Some((parent, at)) = place {
            self.insert(parent, Some(at), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        if let Some(Content::Element(_, there)) = self.nodes.borrow_mut().get_mut(*target).map(|node| &mut node.content) {
            let missing: Vec<Attribute> =
                attributes.into_iter().filter(|attribute| there.iter().all(|known| known.name != attribute.name)).collect();
            there.extend(missing);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let children = self.nodes.borrow_mut().get_mut(*node).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
        for child in children {
            self.insert(*new_parent, None, NodeOrText::AppendNode(child));
        }
    }
}
