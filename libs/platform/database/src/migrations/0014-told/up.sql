-- Nothing but the function: apply says what time it is here, and holds live by that.
SELECT;
