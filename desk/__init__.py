"""The desk: the `pantau` command, its steps, and a whole newsroom on one machine (Postgres, mailbox, Airflow)."""
