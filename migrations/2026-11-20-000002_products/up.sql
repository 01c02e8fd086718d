CREATE TABLE products (
    -- What forms and carts call the product.
    item TEXT PRIMARY KEY NOT NULL,
    name_en TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    -- In whole won: the won has no smaller coin, so a price is never a fraction.
    price INTEGER NOT NULL CHECK (price > 0)
) STRICT;

INSERT INTO products (item, name_en, name_ko, price) VALUES
    ('eraser', 'Eraser', '지우개', 500),
    ('pencil', 'Pencil', '연필', 900),
    ('ruler', 'Wooden ruler', '나무 자', 2000),
    ('notebook', 'Notebook', '공책', 3500),
    ('fountain-pen', 'Fountain pen', '만년필', 12000),
    ('mug', 'Mug', '머그컵', 14000),
    ('umbrella', 'Umbrella', '우산', 18000),
    ('desk-lamp', 'Desk lamp', '스탠드', 32000),
    ('backpack', 'Backpack', '배낭', 59000);
