SELECT
    child.person,
    parent.person AS asked
FROM message AS child
JOIN message AS parent ON parent.message = child.parent
WHERE child.person IS NOT NULL AND parent.person IS NOT NULL AND child.person <> parent.person
