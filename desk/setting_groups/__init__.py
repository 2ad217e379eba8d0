"""The settings by subject, a module each; `desk.setting_table` puts them one after another."""
