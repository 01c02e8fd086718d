DROP TABLE posts;
DROP INDEX users_userid;
