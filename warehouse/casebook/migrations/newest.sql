CREATE TABLE access (
	seq BIGINT NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	role TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	content TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (seq)
);

CREATE TABLE account (
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	scope_kind TEXT NOT NULL,
	scope_keys TEXT NOT NULL,
	is_active BOOLEAN NOT NULL,
	password_hash TEXT,
	session_key TEXT NOT NULL,
	link_hash TEXT,
	link_until TEXT,
	created_at TEXT NOT NULL,
	signed_in_at TEXT,
	PRIMARY KEY ("key"),
	UNIQUE (session_key),
	UNIQUE (link_hash)
);

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO "alembic_version" VALUES('0008');

CREATE TABLE application (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	designation TEXT NOT NULL,
	state TEXT NOT NULL,
	opened_by TEXT NOT NULL,
	period TEXT,
	opens_on TEXT,
	closes_on TEXT,
	receipt TEXT,
	filed_on TEXT,
	decided_on TEXT,
	title_id TEXT,
	papers JSON NOT NULL,
	PRIMARY KEY (stream)
);

CREATE TABLE assignment (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	owner TEXT NOT NULL,
	since TEXT NOT NULL,
	deputy TEXT,
	rule TEXT,
	former_owner TEXT,
	PRIMARY KEY (stream)
);

CREATE TABLE attempt (
	counter TEXT NOT NULL,
	kind TEXT NOT NULL,
	failures INTEGER NOT NULL,
	last_at TEXT NOT NULL,
	PRIMARY KEY (counter)
);

CREATE TABLE contest (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	fact TEXT NOT NULL,
	claimed TEXT NOT NULL,
	cell TEXT NOT NULL,
	value TEXT NOT NULL,
	run_id TEXT NOT NULL,
	raised_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	raised_by TEXT NOT NULL,
	raised_why TEXT NOT NULL,
	state TEXT NOT NULL,
	value_before TEXT,
	decided_on TEXT,
	decided_by TEXT,
	decided_why TEXT,
	proofs JSON NOT NULL,
	effects JSON NOT NULL,
	PRIMARY KEY (stream)
);

CREATE TABLE delivery (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	incubator TEXT NOT NULL,
	recipient TEXT NOT NULL,
	lang TEXT NOT NULL,
	run_id TEXT NOT NULL,
	day TEXT NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	delivered_by TEXT NOT NULL,
	delivered_at TEXT NOT NULL,
	PRIMARY KEY (stream)
);

CREATE TABLE event (
	seq BIGINT NOT NULL,
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	kind TEXT NOT NULL,
	content TEXT NOT NULL,
	"by" TEXT NOT NULL,
	why TEXT NOT NULL,
	at TEXT NOT NULL,
	withdraws BIGINT,
	request TEXT,
	hash TEXT NOT NULL,
	PRIMARY KEY (seq),
	UNIQUE (stream, version),
	UNIQUE (request)
);

CREATE TABLE head (
	chain TEXT NOT NULL,
	seq BIGINT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (chain)
);

INSERT INTO "head" VALUES('event',0,'0000000000000000000000000000000000000000000000000000000000000000');

INSERT INTO "head" VALUES('access',0,'0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE leave (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	officer TEXT NOT NULL,
	periods JSON NOT NULL,
	PRIMARY KEY (stream)
);

CREATE TABLE membership (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	pool TEXT NOT NULL,
	designation TEXT NOT NULL,
	state TEXT NOT NULL,
	since DATE NOT NULL,
	entered_on DATE NOT NULL,
	entries INTEGER NOT NULL,
	admitted_on DATE,
	term_from DATE,
	due_step TEXT,
	due_on DATE,
	assessed_on DATE,
	assessment TEXT,
	left_on DATE,
	ground TEXT,
	PRIMARY KEY (stream)
);

CREATE TABLE request (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	what TEXT NOT NULL,
	topic TEXT NOT NULL,
	raised_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	state TEXT NOT NULL,
	raised_by TEXT NOT NULL,
	answer TEXT,
	answered_on TEXT,
	result TEXT,
	closed_on TEXT,
	PRIMARY KEY (stream)
);

CREATE TABLE saved_view (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	owner TEXT NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	audience TEXT NOT NULL,
	is_shared BOOLEAN NOT NULL,
	PRIMARY KEY (stream)
);

CREATE TABLE service (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	service TEXT NOT NULL,
	provider TEXT,
	designation TEXT,
	condition_id TEXT,
	given_on DATE NOT NULL,
	given_by TEXT NOT NULL,
	outcome TEXT,
	outcome_on DATE,
	PRIMARY KEY (stream)
);

CREATE TABLE task (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	what TEXT NOT NULL,
	state TEXT NOT NULL,
	added_by TEXT NOT NULL,
	start_by TEXT,
	due_on TEXT,
	duty TEXT,
	period TEXT,
	officer TEXT,
	outcome TEXT,
	ended_on TEXT,
	PRIMARY KEY (stream)
);

CREATE TABLE token (
	token_id TEXT NOT NULL,
	name TEXT NOT NULL,
	secret_hash TEXT NOT NULL,
	scope_kind TEXT NOT NULL,
	scope_keys TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at TEXT NOT NULL,
	valid_until TEXT NOT NULL,
	revoked_at TEXT,
	used_on TEXT,
	PRIMARY KEY (token_id),
	UNIQUE (secret_hash)
);

CREATE TABLE visit (
	stream TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	firm_id TEXT NOT NULL,
	visited_on TEXT NOT NULL,
	note TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	next_on TEXT,
	ours JSON NOT NULL,
	theirs JSON NOT NULL,
	PRIMARY KEY (stream)
);

CREATE TRIGGER event_no_update before update on event begin select raise(abort, 'event: append-only'); end;

CREATE TRIGGER event_no_delete before delete on event begin select raise(abort, 'event: append-only'); end;

CREATE INDEX service_of_firm ON service (firm_id);

CREATE INDEX visit_firm ON visit (firm_id);

CREATE INDEX request_firm ON request (firm_id);

CREATE INDEX task_firm ON task (firm_id);

CREATE INDEX application_firm ON application (firm_id);

CREATE INDEX assignment_firm ON assignment (firm_id);

CREATE INDEX contest_firm ON contest (firm_id);

CREATE INDEX assignment_owner ON assignment (owner);

CREATE INDEX assignment_deputy ON assignment (deputy);

CREATE TRIGGER access_no_update before update on access begin select raise(abort, 'access: append-only'); end;

CREATE TRIGGER access_no_delete before delete on access begin select raise(abort, 'access: append-only'); end;

CREATE INDEX saved_view_of_owner ON saved_view (owner);
