//! What a screen reader has of the window: the tree of at-spi, read over the test's own bus (PLATFORM "Driving the window").
//!
//! [`Ears`] is the bus of assistive programs; without it the web view makes no tree. [`Ears::tree`] gives the window's tree
//! as text, a node a line: its role, its name, what else is heard of it. Nodes that say nothing are left out, and what
//! stands in them moves to their place.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use zbus::connection::Builder;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue};

use crate::process::{Owned, Trouble, wait_for};
use crate::tree_words::{named, role, said_of, steady};

const LAUNCHER: &str = "/usr/libexec/at-spi-bus-launcher";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// How long the web view may take until its tree is the one on the screen.
const PATIENCE: Duration = Duration::from_secs(30);

/// The bus of assistive programs.
pub struct Ears {
    _launcher: Owned,
    bus: zbus::Connection,
}

type Place = (String, OwnedObjectPath);

/// A node that is heard, and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its role, in at-spi's word.
    pub role: String,
    /// Its name.
    pub name: String,
    /// The text it holds, where that is not its name.
    pub text: String,
    /// What it describes itself with.
    pub description: String,
    /// Its states, as far as they are heard.
    pub states: Vec<&'static str>,
    /// What stands in it.
    pub children: Vec<Node>,
}

impl Ears {
    /// Starts it on a session bus. Programs that start later are heard.
    ///
    /// # Errors
    /// at-spi2-core is missing or does not start.
    pub async fn start(session: &str, home: &Path, display: &str) -> Result<Self, Trouble> {
        let mut command = Command::new(LAUNCHER);
        command.args(["--launch-immediately", "--a11y=1", "--screen-reader=1"]);
        command.env("DBUS_SESSION_BUS_ADDRESS", session).env("DISPLAY", display).env("XDG_RUNTIME_DIR", home);
        let launcher = Owned(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        let session = Builder::address(session)?.build().await?;
        let address = wait_for("the bus of assistive programs", PATIENCE, || async {
            let answer =
                session.call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some("org.a11y.Bus"), "GetAddress", &());
            answer.await.ok()?.body().deserialize::<String>().ok()
        })
        .await?;
        let bus = Builder::address(address.as_str())?.build().await?;
        Ok(Self { _launcher: launcher, bus })
    }

    /// The document in the window, once it has these words somewhere and has come to rest.
    ///
    /// # Errors
    /// No such document in time; the error says what is there.
    pub async fn document(&self, words: &str) -> Result<Node, Trouble> {
        let last = std::cell::RefCell::new(None);
        let what = format!("a tree with {words:?}");
        let found = wait_for(&what, PATIENCE, || async {
            let now = self.find_document().await.ok().filter(|node| node.holds(words));
            // What counts the seconds never rests.
            let written = now.as_ref().map(Node::written);
            (last.replace(written.clone()) == written).then_some(now).flatten()
        });
        match found.await {
            Ok(node) => Ok(node),
            Err(trouble) => match self.find_document().await {
                Ok(node) => Err(format!("{trouble}; the tree is:\n{}", node.written()).into()),
                Err(why) => Err(format!("{trouble}; {why}").into()),
            },
        }
    }

    async fn find_document(&self) -> Result<Node, Trouble> {
        let root = OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root")?;
        let mut open = vec![(String::from("org.a11y.atspi.Registry"), root)];
        let mut passed = Vec::new();
        while let Some(place) = open.pop() {
            let role = role(self.ask(&place, ACCESSIBLE, "GetRole", &()).await?);
            if role == "document web" {
                return Box::pin(self.read(&place)).await?.into_iter().next().ok_or_else(|| "an empty document".into());
            }
            open.extend(self.children(&place).await?);
            passed.push(role);
        }
        Err(format!("no document among {passed:?}").into())
    }

    /// The node with what stands in it; what stands in it alone where it says nothing itself.
    async fn read(&self, place: &Place) -> Result<Vec<Node>, Trouble> {
        let (number, attributes, states, name, description, children_here, interfaces) = tokio::try_join!(
            self.ask::<u32>(place, ACCESSIBLE, "GetRole", &()),
            self.ask::<HashMap<String, String>>(place, ACCESSIBLE, "GetAttributes", &()),
            self.ask::<Vec<u32>>(place, ACCESSIBLE, "GetState", &()),
            self.property(place, "Name"),
            self.property(place, "Description"),
            self.children(place),
            self.ask::<Vec<String>>(place, ACCESSIBLE, "GetInterfaces", &()),
        )?;
        let mut role = role(number).to_owned();
        let more = match role.as_str() {
            "heading" => attributes.get("level"),
            "landmark" => attributes.get("xml-roles"),
            _ => None,
        };
        more.into_iter().for_each(|more| role += &format!(" {more}"));
        let states = said_of(&states);
        let name = String::try_from(name)?;
        let description = String::try_from(description)?;
        let mut children = Vec::new();
        for child in children_here {
            children.extend(Box::pin(self.read(&child)).await?);
        }
        let text = if interfaces.iter().any(|name| name == "org.a11y.atspi.Text") {
            self.ask::<String>(place, "org.a11y.atspi.Text", "GetText", &(0_i32, -1_i32)).await?
        } else {
            String::new()
        };
        // What stands in for a child is left out, and so is a text that the name says already.
        let text = text.replace('\u{FFFC}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = |text: &str| text.replace(char::is_whitespace, "");
        let text = if bare(&name).contains(&bare(&text)) { String::new() } else { text };
        let node = Node { role, name, text, description, states, children };
        Ok(if named(&node) { vec![node] } else { node.children })
    }

    async fn children(&self, place: &Place) -> Result<Vec<Place>, Trouble> {
        let children: Vec<Place> = self.ask(place, ACCESSIBLE, "GetChildren", &()).await?;
        if !children.is_empty() {
            return Ok(children);
        }
        // The frame that the web view's process fills counts its child, and names it only one by one.
        let mut children = Vec::new();
        for at in 0..i32::try_from(self.property(place, "ChildCount").await?)? {
            children.push(self.ask(place, ACCESSIBLE, "GetChildAtIndex", &at).await?);
        }
        Ok(children)
    }

    async fn property(&self, place: &Place, name: &str) -> Result<OwnedValue, Trouble> {
        self.ask(place, "org.freedesktop.DBus.Properties", "Get", &(ACCESSIBLE, name)).await
    }

    async fn ask<T>(
        &self,
        (program, path): &Place,
        interface: &str,
        method: &str,
        arguments: &(impl serde::Serialize + DynamicType + Sync),
    ) -> Result<T, Trouble>
    where
        T: for<'d> serde::Deserialize<'d> + zbus::zvariant::Type,
    {
        let answer = self.bus.call_method(Some(program.as_str()), path, Some(interface), method, arguments).await?;
        Ok(answer.body().deserialize()?)
    }
}

impl Node {
    /// Whether these words stand in it.
    #[must_use]
    pub fn holds(&self, words: &str) -> bool {
        let here = |text: &str| text.contains(words);
        here(&self.name)
            || here(&self.text)
            || here(&self.description)
            || self.children.iter().any(|child| child.holds(words))
    }

    /// Every node, itself first.
    #[must_use]
    pub fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.children.iter().flat_map(Self::all)).collect()
    }

    /// A line a node, deeper ones indented; ids and times made the same for every run.
    #[must_use]
    pub fn written(&self) -> String {
        let mut lines = String::new();
        self.write(0, &mut lines);
        lines
    }

    fn write(&self, depth: usize, lines: &mut String) {
        let mut line = format!("{}{}", "  ".repeat(depth), self.role);
        if !self.name.is_empty() {
            line += &format!(" {:?}", self.name);
        }
        if !self.text.is_empty() {
            line += &format!(" holds {:?}", self.text);
        }
        if !self.description.is_empty() {
            line += &format!(" described {:?}", self.description);
        }
        if !self.states.is_empty() {
            line += &format!(" ({})", self.states.join(", "));
        }
        lines.push_str(&steady(&line));
        lines.push('\n');
        self.children.iter().for_each(|child| child.write(depth + 1, lines));
    }
}
