mod command;
mod scenarios;
