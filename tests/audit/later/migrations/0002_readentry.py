from importlib import import_module

Migration = import_module("nawa.audit.migrations.0002_readentry").Migration
