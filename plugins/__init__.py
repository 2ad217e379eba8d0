"""The operator's pages inside Airflow, behind Airflow's own login."""
