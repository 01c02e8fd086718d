-- The store's operations, all in one script. Redis runs it as a whole or, if it refuses the first
-- write, not at all. KEYS begin with the prefix of all keys; ARGV is the operation's name, and its
-- arguments.
--
--   <prefix><locker>      a hash: one session
--   <prefix>expires       a sorted set: the places of all sessions, by the moment they end
--   <prefix>user:<user>   a set: the lockers of a user's sessions
--
-- Redis' Lua has no integers, only doubles, which would take large versions for their neighbours: so
-- versions and moments are compared as texts.

local FORMAT = '2'
local DONE, CONFLICT, UNREADABLE = 1, 0, -1
local PREFIX, EXPIRIES = KEYS[1], KEYS[2]

-- The place of a session in the sorted set names its user too. When Redis has expired or evicted the
-- session itself, a purge can so still take it off the user's set.
local LOCKER_LENGTH = 13
local function place(session)
  return session.user and session.locker .. ':' .. session.user or session.locker
end

local function list(session)
  redis.call('ZADD', EXPIRIES, session.expires, place(session))
  if session.user then
    redis.call('SADD', PREFIX .. 'user:' .. session.user, session.locker)
  end
end

local function unlist(session)
  redis.call('ZREM', EXPIRIES, place(session))
  if session.user then
    redis.call('SREM', PREFIX .. 'user:' .. session.user, session.locker)
  end
end

-- Reads the fields of a session without its record. Returns nil if there is no session, UNREADABLE if
-- there is something else.
local function read(locker)
  local stored = redis.pcall('HMGET', PREFIX .. locker, 'format', 'version', 'touched', 'expires', 'user')
  if stored.err and not stored.err:find('WRONGTYPE', 1, true) then
    error(stored.err)
  elseif stored.err or stored[1] and stored[1] ~= FORMAT then
    return UNREADABLE
  end
  return stored[1] and {
    locker = locker,
    version = stored[2],
    touched = stored[3],
    expires = stored[4],
    user = stored[5] or nil,
  }
end

-- Returns the session if it still has the version that the operation names, else nil and the answer.
local function read_version(locker, version)
  local stored = read(locker)
  if stored == UNREADABLE then
    return nil, UNREADABLE
  end
  if not stored or stored.version ~= version then
    return nil, CONFLICT
  end
  return stored
end

local function is_taken(locker)
  return redis.call('EXISTS', PREFIX .. locker) == 1
end

-- The record among the arguments, from the first one on. Its user is the last, and may be missing.
local function given(first)
  return {
    locker = ARGV[first],
    version = ARGV[first + 1],
    touched = ARGV[first + 2],
    expires = ARGV[first + 3],
    seconds = ARGV[first + 4],
    record = ARGV[first + 5],
    user = ARGV[first + 6],
  }
end

-- Puts a session in the place of `old`, or of nothing. Redis refuses the first command when its memory
-- is full, before anything has changed.
local function put(session, old)
  local key = PREFIX .. session.locker
  old = old or {}
  redis.call('HSET', key, 'format', FORMAT, 'version', session.version, 'touched', session.touched,
    'expires', session.expires, 'record', session.record)
  if session.user ~= old.user then
    -- The place of a stranger, too: a purge would delete the session of the user who has logged in.
    if old.locker then
      unlist(old)
    end
    if old.user then
      redis.call('HDEL', key, 'user')
    end
    if session.user then
      redis.call('HSET', key, 'user', session.user)
    end
  end
  if session.expires ~= old.expires or session.user ~= old.user then
    list(session)
  end
  -- A change of a moment has also set `touched` to now; without one, the time to live runs on.
  if session.touched ~= old.touched or session.expires ~= old.expires then
    redis.call('EXPIRE', key, session.seconds)
  end
end

local function remove(session)
  redis.call('DEL', PREFIX .. session.locker)
  unlist(session)
end

local operations = {}

function operations.create()
  local session = given(2)
  if is_taken(session.locker) then
    return CONFLICT
  end
  put(session)
  return DONE
end

function operations.update()
  local session = given(3)
  local stored, refusal = read_version(session.locker, ARGV[2])
  if not stored then
    return refusal
  end
  put(session, stored)
  return DONE
end

function operations.delete()
  local locker, version = ARGV[2], ARGV[3]
  local stored = read(locker)
  if stored == UNREADABLE and not version then
    -- A deletion of any version need not read. The lists are tidied when they are next used.
    redis.call('DEL', PREFIX .. locker)
    return DONE
  elseif stored == UNREADABLE then
    return UNREADABLE
  elseif not stored or version and stored.version ~= version then
    return CONFLICT
  end
  remove(stored)
  return DONE
end

function operations.replace()
  local session = given(4)
  local stored, refusal = read_version(ARGV[2], ARGV[3])
  if not stored then
    return refusal
  elseif is_taken(session.locker) then
    return CONFLICT
  end
  put(session)
  remove(stored)
  return DONE
end

function operations.touch()
  local locker, version, touched, expires, seconds = unpack(ARGV, 2)
  local stored, refusal = read_version(locker, version)
  if not stored then
    return refusal
  end
  redis.call('HSET', PREFIX .. locker, 'touched', touched, 'expires', expires)
  redis.call('EXPIRE', PREFIX .. locker, seconds)
  stored.expires = expires
  list(stored)
  return DONE
end

-- Counts every expired session, also those that Redis has deleted itself.
function operations.purge()
  local now, most = ARGV[2], ARGV[3]
  local purged = 0
  for _, found in ipairs(redis.call('ZRANGEBYSCORE', EXPIRIES, '-inf', now, 'LIMIT', 0, most)) do
    local session = { locker = found:sub(1, LOCKER_LENGTH) }
    if #found > LOCKER_LENGTH then
      session.user = found:sub(LOCKER_LENGTH + 2)
    end
    -- Redis deletes at its end what can't be read here; from now on it is on no list.
    if read(session.locker) == UNREADABLE then
      unlist(session)
    else
      remove(session)
      purged = purged + 1
    end
  end
  return purged
end

function operations.lockers()
  local lockers = redis.call('ZRANGE', EXPIRIES, 0, -1)
  for index, found in ipairs(lockers) do
    lockers[index] = found:sub(1, LOCKER_LENGTH)
  end
  return lockers
end

function operations.of_user()
  local user, found = ARGV[2], {}
  local lockers = PREFIX .. 'user:' .. user
  for _, locker in ipairs(redis.call('SMEMBERS', lockers)) do
    local stored = redis.pcall('HMGET', PREFIX .. locker, unpack(ARGV, 3))
    if not stored.err and not stored[1] then
      redis.call('SREM', lockers, locker)
    elseif not stored.err then
      found[#found + 1] = locker
      found[#found + 1] = stored
    end
  end
  return found
end

-- Tells a user who lacks a right before anything is half done: Redis refuses a command at its turn, when
-- those before it are done. Only Redis 7 and later can tell.
function operations.rights()
  local users = PREFIX .. 'user:'
  local commands = {
    { 'HMGET', PREFIX, '' }, { 'HSET', PREFIX, '', '' }, { 'HDEL', PREFIX, '' },
    { 'EXISTS', PREFIX }, { 'EXPIRE', PREFIX, 1 }, { 'DEL', PREFIX },
    { 'ZADD', EXPIRIES, 0, '' }, { 'ZREM', EXPIRIES, '' }, { 'ZRANGE', EXPIRIES, 0, 0 },
    { 'ZRANGEBYSCORE', EXPIRIES, 0, 0 },
    { 'SADD', users, '' }, { 'SREM', users, '' }, { 'SMEMBERS', users },
  }
  for _, command in ipairs(redis.acl_check_cmd and commands or {}) do
    if not redis.acl_check_cmd(unpack(command)) then
      return redis.error_reply('NOPERM the user may not run ' .. command[1] .. ' on ' .. command[2])
    end
  end
  return DONE
end

return operations[ARGV[1]]()
