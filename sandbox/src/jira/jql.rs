//! The part of JQL that webhooks may use: seven fields, `=`, `!=`, `IN` and `NOT IN`, joined by `AND`, `OR` and
//! parentheses.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/webhooks/>

use super::issues::Issue;
use super::projects::Project;

/// Parentheses may nest no deeper.
const DEEPEST: usize = 20;

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Clause { field: Field, negated: bool, values: Vec<String> },
}

/// Fields that webhooks may filter by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Issue,
    Project,
    IssueType,
    Status,
    Assignee,
    Reporter,
    /// `issue.property[key].path`.
    Property {
        key: String,
        path: Vec<String>,
    },
    /// `cf[id]`: only the epic link may be named, which issues here do not have.
    Custom,
}

/// An issue with the words that a filter compares.
pub(crate) struct Subject<'a> {
    pub(crate) project: &'a Project,
    pub(crate) issue: &'a Issue,
    pub(crate) issue_type: &'a str,
    pub(crate) status: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

impl Filter {
    /// Reads a filter; the error is a sentence in Jira's manner.
    pub(crate) fn parse(jql: &str) -> Result<Self, String> {
        let mut reader = Reader { tokens: tokens(jql)?, next: 0 };
        let filter = reader.any(0)?;
        match reader.peek() {
            None => Ok(filter),
            Some(token) => Err(unexpected(Some(token))),
        }
    }

    /// Whether the filter lets an issue through.
    pub(crate) fn matches(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(subject)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(subject)),
            Self::Clause { field, negated, values } => values.iter().any(|value| field.is(value, subject)) != *negated,
        }
    }

    /// Every value that is compared with a project.
    pub(crate) fn projects(&self) -> Vec<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::projects).collect(),
            Self::Clause { field: Field::Project, values, .. } => values.iter().map(String::as_str).collect(),
            Self::Clause { .. } => Vec::new(),
        }
    }
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        match lower.as_str() {
            "issuekey" | "key" => Some(Self::Issue),
            "project" => Some(Self::Project),
            "issuetype" => Some(Self::IssueType),
            "status" => Some(Self::Status),
            "assignee" => Some(Self::Assignee),
            "reporter" => Some(Self::Reporter),
            _ if lower.starts_with("cf[") && lower.ends_with(']') => Some(Self::Custom),
            _ if lower.starts_with("issue.property[") => {
                let (key, path) = name["issue.property[".len()..].split_once(']')?;
                let path = path.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
                Some(Self::Property { key: key.to_owned(), path })
            }
            _ => None,
        }
    }

    fn is(&self, value: &str, subject: &Subject<'_>) -> bool {
        let Subject { project, issue, .. } = subject;
        match self {
            Self::Issue => issue.key(project).eq_ignore_ascii_case(value) || issue.id.to_string() == value,
            Self::Project => is_project(project, value),
            Self::IssueType => subject.issue_type.eq_ignore_ascii_case(value) || issue.kind.to_string() == value,
            Self::Status => subject.status.eq_ignore_ascii_case(value) || issue.status.to_string() == value,
            Self::Assignee => issue.assignee.as_deref() == Some(value),
            Self::Reporter => issue.reporter == value,
            Self::Property { key, path } => {
                let whole = issue.properties.get(key);
                let found = whole.and_then(|whole| path.iter().try_fold(whole, |value, part| value.get(part)));
                found.is_some_and(|found| found.as_str().map_or_else(|| found.to_string(), str::to_owned) == value)
            }
            Self::Custom => false,
        }
    }
}

/// Whether a value of a filter names this project.
pub(crate) fn is_project(project: &Project, value: &str) -> bool {
    project.id.to_string() == value
        || project.key.eq_ignore_ascii_case(value)
        || project.name.to_lowercase() == value.to_lowercase()
}

fn unexpected(token: Option<&Token>) -> String {
    match token {
        Some(Token::Word(text) | Token::Text(text)) => {
            format!("Error in the JQL Query: '{text}' is not expected here.")
        }
        Some(Token::Sign(sign)) => format!("Error in the JQL Query: '{sign}' is not expected here."),
        None => "Error in the JQL Query: the query ends too early.".to_owned(),
    }
}

fn tokens(jql: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = jql.trim_start();
    while let Some(first) = rest.chars().next() {
        let sign =
            ["!=", "<=", ">=", "!~", "=", "(", ")", ",", "<", ">", "~"].into_iter().find(|sign| rest.starts_with(sign));
        let length = if let Some(sign) = sign {
            tokens.push(Token::Sign(sign));
            sign.len()
        } else if first == '"' || first == '\'' {
            let end = rest[1..].find(first).ok_or("Error in the JQL Query: a quotation mark is missing.")?;
            tokens.push(Token::Text(rest[1..=end].to_owned()));
            end + 2
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "!=(),<>~\"'".contains(c)).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("Error in the JQL Query: '{first}' is not expected here."));
            }
            tokens.push(Token::Word(rest[..end].to_owned()));
            end
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

struct Reader {
    tokens: Vec<Token>,
    next: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    /// Takes the next token if it is this keyword.
    fn keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.next += usize::from(found);
        found
    }

    /// Takes the next token if it is this sign.
    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self, depth: usize) -> Result<Filter, String> {
        let mut parts = vec![self.all(depth)?];
        while self.keyword("OR") {
            parts.push(self.all(depth)?);
        }
        Ok(Filter::Any(parts))
    }

    fn all(&mut self, depth: usize) -> Result<Filter, String> {
        let mut parts = vec![self.part(depth)?];
        while self.keyword("AND") {
            parts.push(self.part(depth)?);
        }
        Ok(Filter::All(parts))
    }

    fn part(&mut self, depth: usize) -> Result<Filter, String> {
        if !self.sign("(") {
            return self.clause();
        }
        if depth == DEEPEST {
            return Err("Error in the JQL Query: it is nested too deeply.".to_owned());
        }
        let inner = self.any(depth + 1)?;
        if self.sign(")") { Ok(inner) } else { Err(unexpected(self.peek())) }
    }

    fn clause(&mut self) -> Result<Filter, String> {
        let name = match self.take() {
            Some(Token::Word(name) | Token::Text(name)) => name,
            token => return Err(unexpected(token.as_ref())),
        };
        let field = Field::named(&name).ok_or_else(|| format!("The clause {name} is unsupported"))?;
        let unsupported = |operator: &str| format!("The operator {operator} of clause {name} is unsupported");
        match self.take() {
            Some(Token::Sign("=")) => Ok(Filter::Clause { field, negated: false, values: vec![self.value()?] }),
            Some(Token::Sign("!=")) => Ok(Filter::Clause { field, negated: true, values: vec![self.value()?] }),
            Some(Token::Sign(sign)) => Err(unsupported(sign)),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("in") => {
                Ok(Filter::Clause { field, negated: false, values: self.values()? })
            }
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("not") && self.keyword("in") => {
                Ok(Filter::Clause { field, negated: true, values: self.values()? })
            }
            Some(Token::Word(word)) => Err(unsupported(&word)),
            token => Err(unexpected(token.as_ref())),
        }
    }

    fn value(&mut self) -> Result<String, String> {
        match self.take() {
            Some(Token::Word(value)) if self.peek() == Some(&Token::Sign("(")) => {
                Err(format!("The function {value} is unsupported"))
            }
            Some(Token::Word(value) | Token::Text(value)) => Ok(value),
            token => Err(unexpected(token.as_ref())),
        }
    }

    fn values(&mut self) -> Result<Vec<String>, String> {
        if !self.sign("(") {
            return Err(unexpected(self.peek()));
        }
        let mut values = vec![self.value()?];
        while self.sign(",") {
            values.push(self.value()?);
        }
        if self.sign(")") { Ok(values) } else { Err(unexpected(self.peek())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_webhooks_may_not_ask_is_named() {
        let refused = [
            ("", "the query ends too early"),
            ("watchCount = 1", "The clause watchCount is unsupported"),
            ("labels IN (a)", "The clause labels is unsupported"),
            ("project ~ MOB", "The operator ~ of clause project is unsupported"),
            ("project is EMPTY", "The operator is of clause project is unsupported"),
            ("project not MOB", "The operator not of clause project is unsupported"),
            ("assignee = currentUser()", "The function currentUser is unsupported"),
            ("project in ()", "')' is not expected here"),
            ("project in (1, )", "')' is not expected here"),
            ("project = 1 ORDER BY key", "'ORDER' is not expected here"),
            ("project = \"A", "a quotation mark is missing"),
            ("project = 1 AND", "the query ends too early"),
            ("project = 1)", "')' is not expected here"),
            ("!", "'!' is not expected here"),
            (&"(".repeat(50_000), "nested too deeply"),
        ];
        for (jql, why) in refused {
            let said = Filter::parse(jql).expect_err(jql.get(..20).unwrap_or(jql));
            assert!(said.contains(why), "{jql}: {said}");
        }
    }

    #[test]
    fn every_supported_clause_is_understood() {
        for jql in [
            "project in (10000, 10001)",
            "PROJECT = 'Mobile app' and status != Done",
            "issueKey NOT IN (MOB-1, \"MOB-2\") OR (issuetype = Bug AND reporter = 712020:service-jira)",
            "issue.property[pair.key].other = 5",
            "cf[10011] = x",
        ] {
            Filter::parse(jql).expect(jql);
        }
        let filter = Filter::parse("project in (1, 2) AND (status = Done OR project != X)").expect("parses");
        assert_eq!(filter.projects(), ["1", "2", "X"]);
    }
}
