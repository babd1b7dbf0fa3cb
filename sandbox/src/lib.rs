//! The pretend Atlassian.
