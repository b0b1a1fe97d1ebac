from importlib import import_module

Migration = import_module("nawa.audit.migrations.0001_record").Migration
