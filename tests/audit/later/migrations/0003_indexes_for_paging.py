from importlib import import_module

Migration = import_module("nawa.audit.migrations.0003_indexes_for_paging").Migration
