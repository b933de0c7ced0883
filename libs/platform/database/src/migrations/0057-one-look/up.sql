-- Nothing but the function: apply looks each counter up once, and writes it where it stands.
SELECT;
