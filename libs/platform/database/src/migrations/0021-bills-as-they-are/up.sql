-- Refund numbers of Alipay are unique within an order: lines are told apart by both from now on, those that are here too.
UPDATE bill_line b SET line_key = CASE kind WHEN 'refund' THEN concat('退款|', original_serial, '|', serial) ELSE concat('交易|', serial, '|') END
FROM bill_file f
WHERE f.id = b.file_id AND f.layout = 'alipay-trade' AND b.line_key = concat(b.kind, '|', b.serial);
