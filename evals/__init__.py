"""Batch evaluation: tasks, scorers, statistics, runner, report."""
