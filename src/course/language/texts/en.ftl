# Every page
page-lesson = { $number ->
    [exercise] Exercise
   *[other] Lesson { $number }
}
page-skip = Skip to the content
page-hole = Broken on purpose: this program has the hole that its lesson is about. It answers on this machine only.
page-hole-label = Warning
half-open = Open half
half-closed = Closed half
page-navigation = Pages of this lesson
page-languages = Language
page-course = A course on web sessions
page-projector = Large type for a projector
page-usual = Usual type
page-error-title = Please check: { $title }
page-no-cookie = Your browser has not brought back the session cookie that the server has just sent it. So the server does not know you.
page-no-cookie-next = Look whether the browser blocks cookies for this address: in Chrome and Edge, click the icon to the left of the address, in Firefox the shield. If it doesn’t, DevTools knows the reason: Network → the request whose response has Set-Cookie → Cookies.

# Links
nav-main = Main page
nav-cart = Cart
nav-board = Board
nav-profile = Profile
nav-who = Who is asking
nav-where = Where sessions live
nav-cookie = The cookie
nav-account = Account
nav-lifetime = How long
nav-visit = Visit
nav-rows = Rows
nav-signup = Sign up
nav-login = Log in
nav-logout = Log out

# The lessons

# Scenarios
actor-alice = Alice
actor-bob = Bob
actor-mallory = Mallory
actor-stranger = a stranger
scenario-broken = { $place }: { $reason }
scenario-at = { $who }, in { $at }’s browser
scenario-step = Step { $number } of { $steps }
scenario-right = Right:
scenario-wrong = Not so:
scenario-your-answer = Your answer:
scenario-idea = The idea:
scenario-no-cookie = no cookie
scenario-follows = as told, the browser goes on
scenario-foreign = from a page of another site
scenario-neighbour = from a page on another port
scenario-at-second = at the second server
scenario-closed = the browser is closed and opened again
scenario-restarted = the lesson is stopped and started again
scenario-restarted-with = the lesson is stopped and started again, now with { $settings }
scenario-copied = in DevTools: the cookie’s value is copied
scenario-pasted = in DevTools: the copied value is put into the cookie
scenario-changed = in DevTools: what stands in the cookie is changed, { $from } → { $to }
scenario-at-mallorys = at Mallory’s site, which is not the lesson’s: no record of it here
scenario-no-script = no script runs in the page: nothing is sent
scenario-steals = a script in the page reads document.cookie and sends it to Mallory
scenario-changed-cookie = { $cookie } changed
scenario-times = { $number } times, each from another browser; the last one:
scenario-time = time passes: { $time }
scenario-page = page
scenario-browser = browser
scenario-row = row
scenario-in-cookie = opens
scenario-kept = { $cookie }, for { $time }
scenario-kept-until-closed = { $cookie }, until the browser closes
scenario-no-row = { $session } has none any more
scenario-row-over = { $session } is over: the row is there and does not count
scenario-holds = checked: { $claims }
scenario-fails = { $claim }: expected { $expected }, found { $found }
claim-status = status
claim-place = place
claim-text = text
claim-form = form field
claim-field = field
claim-asking = asking
claim-cookie = cookie
claim-row = row
claim-half = this half of the pair
subgoal-find = find the session
subgoal-decide = decide who it is
subgoal-change = change the session
subgoal-tell = tell the browser
duration-days = { $number ->
    [one] one day
   *[other] { $number } days
}
duration-hours = { $number ->
    [one] one hour
   *[other] { $number } hours
}
duration-minutes = { $number ->
    [one] one minute
   *[other] { $number } minutes
}
duration-seconds = { $number ->
    [one] one second
   *[other] { $number } seconds
}

# A lesson's arguments and its demo
arguments-unknown = { $argument } is not understood. Try: { $command } --help
arguments-pace = --pace needs seconds, for example --pace 2s. Try: { $command } --help
arguments-usage = How to run it
arguments-serve = starts the lesson
arguments-demo = plays its scenario in the terminal, a step at each Enter
arguments-paced = the same, a step every two seconds
arguments-second = starts it once more, as a second server on the next port
arguments-help = shows this
demo-live = The lesson plays along at { $address }, with a database of its own. Watch it live: { $xray }
demo-enter = Enter: go on · Ctrl+C: stop
demo-choose = A letter, or Enter: go on
demo-ends-well = The end. Everything came out as the scenario says.
demo-ends-badly = { $number ->
    [one] The end. One claim does not hold.
   *[other] The end. { $number } claims do not hold.
}
demo-failed = The demo can’t go on: { $reason }

# The command
command-list = the lessons, and where you are
command-diff = what a lesson changed, and why
command-demo = plays a lesson’s scenario in the terminal
command-start = begins an exercise; an old attempt is kept
command-check = checks an exercise, with --watch at each change; with --course, all lessons
command-hint = a hint, one more each time
command-solution = what differs between yours and ours
command-reset = begins an exercise anew; without a number, forgets users, sessions and progress, and begins all of them anew
command-report = what this seat has done, to be pasted; with such files, a room’s counts
command-doctor = does this machine have all that the lessons need?
command-reset-exercises = These exercises begin anew, and what was written is kept in exercises/old: { $numbers }
command-reset-ask-anew = Begin them anew? [y/N]
report-paste = Copy all of it. There are no names in it.
report-seats = { $number ->
    [one] { $number } seat
   *[other] { $number } seats
}
report-begun = begun
report-done = done
report-hints = hints read
report-shown = solution shown
report-bad = { $file } is not counted: { $line ->
    [0] it can’t be read, or there is no report in it.
   *[other] line { $line } is none of a report.
}
doctor-rust = Rust { $found }. The course needs { $needed } or newer.
doctor-rust-old = Rust { $found } is too old: the course needs { $needed }. Run: rustup update
doctor-rust-none = There is no rustc. Install Rust from https://rustup.rs and open a new terminal.
doctor-compiler = C compiler: { $found }
doctor-compiler-none = There is no C compiler, which builds SQLite and links programs. Debian, Ubuntu: apt install build-essential. macOS: xcode-select --install
doctor-compiler-windows = On Windows rustc finds the C compiler itself. If linking fails, install the Visual Studio Build Tools with “Desktop development with C++”.
doctor-port = Port { $port } is free.
doctor-port-lesson = Port { $port } is in use by a lesson: “{ $lesson }”. Stop it with Ctrl+C in its terminal.
doctor-port-other = Port { $port } is in use by another program. Stop it, or take another port: { $command }
doctor-mallory = Port { $port } is free for Mallory’s site (lessons 12 to 15).
doctor-mallory-taken = Port { $port } is in use, perhaps by Mallory’s site. If lessons 12 to 15 find another program there, set MALLORY_PORT to another port, for her site and for the lesson.
doctor-folder = { $folder } can be written.
doctor-folder-room = { $folder } can be written, and { $free } GiB are free.
doctor-folder-tight = { $folder } can be written, but only { $free } GiB are free: a build takes about 3. `cargo clean` makes room.
doctor-folder-full = The disk of { $folder } is full. `cargo clean` makes room.
doctor-folder-closed = { $folder } can’t be written: { $reason }. Put the project into a folder of your own.
doctor-clock = The clock says { $year }.
doctor-clock-wrong = The clock says { $year }. Set it: sessions and cookies end by the clock.
doctor-browser = Browser: { $found }
doctor-browser-none = No browser was found where they usually are. Any of the last years will do.
doctor-terminal = The terminal speaks English. 한국어: COURSE_LANG=ko
command-solved = exercise ✓
command-sessions = what is stored; with end --all, ends every session
command-clearsessions = deletes the sessions that are over, or will be by then
command-unknown = There is no command “{ $name }”. Try: cargo run -- --help
command-unknown-meant = There is no command “{ $name }”. Did you mean: { $meant }
command-which-lesson = There is no lesson “{ $named }”. There are: { $numbers }
command-failed = This did not work: { $reason }
path-core = Core
path-further = Further
command-minutes = { $number } min
command-not-begun = –
command-under-way = { $done } of { $steps } steps
command-done = ✓ done
command-next = Next
command-more = More
command-diff-title = What lesson { $lesson } changed since lesson { $base }
command-diff-none = Nothing came before this lesson: here it begins.
command-checked = { $steps } steps, { $claims } claims
command-check-claim = step { $step }: { $claim }
command-reset-nothing = Nothing is stored yet.
command-reset-ask = This deletes { $names }, with all users, sessions and ticks. Delete? [y/N]
command-reset-in-use = Nothing was deleted: a running lesson, or another program, has { $database } open. Stop it first, with Ctrl+C in its terminal.
command-reset-kept = Nothing was deleted.
command-reset-done = Deleted: { $names }
command-sessions-none = No sessions are stored.
command-sessions-in-memory = Sessions are in the memory of the running lesson, so only that can read and delete them. Its page /xray shows them.
command-sessions-in-cookies = Each browser has its own session in the cookie. The server keeps none, so there is nothing to list or to delete. To end all of them, delete the file with the keys and restart.
command-session-user = user
command-session-keys = keys
command-session-created = created
command-session-touched = used
command-session-expires = ends
command-ended = { $number ->
    [one] One session was ended.
   *[other] { $number } sessions were ended.
}
command-cleared = { $number ->
    [one] One session was over and is deleted.
   *[other] { $number } sessions were over and are deleted.
}
time-now = just now
time-ago = { $time } ago
time-ahead = in { $time }
time-over = ended { $time } ago

# The cover page
cover-open = Open
cover-users = Who can log in
cover-users-what = These users are there from the first start on.
cover-further = In the terminal
cover-further-what = Stop this lesson with Ctrl+C, then type:
cover-order = The core lessons come first, then the further ones.
cover-next = Next:
cover-previous = Before:
cover-do = Do it
cover-afresh = Start afresh
cover-afresh-what = This browser forgets the session’s cookie, and the server the session. The chosen language stays.

# Beside the page
times-utc = In UTC
beside-title = Beside this page
beside-prediction = Prediction
beside-checklist = Checklist
beside-task = Task
beside-notes = Notes
beside-code = Code
beside-changes = What changed
beside-rust = Rust in ten signs
beside-new-to-rust = New to Rust? Ten signs
beside-load = Open it as a page
beside-no-file = The file { $file } can’t be read. Was the lesson started in the project’s folder?
beside-no-section = { $file } says nothing about this lesson.
beside-unchanged = You have not changed anything yet.
beside-no-base = This is where it begins: there is no lesson before it to compare with.
predict-title = Predict first
predict-how = Choose one answer. It stays in this browser, and there is no score. Then do it.
predict-reveal = What was right?
predict-right = Right:
predict-yours = your answer
predict-now = asked now
predict-was-right = You were right.
predict-was-wrong = Not this time.
predict-predicted = You predicted:
predict-look = Look at the box “{ $column }” in the X-ray.
checklist-count = { $done } of { $all }
checklist-how = A step is ticked when a browser has done it, after those before it.
checklist-demo-only = demo only
checklist-done = done

walk-copy-line = Copy
walk-copied = Copied
walk-console = For the console of this window (F12). Before the first line Chrome asks you to type “allow pasting”.
walk-terminal = For the terminal: stop the lesson there with Ctrl+C first.
walk-another-site = The page of another site
walk-mallory = Mallory’s page for this lesson
walk-mallory-starts = Her site runs in a terminal of its own: cargo run --bin mallory
walk-mallory-unseen = Her site runs in a terminal of its own: cargo run --bin mallory. The lesson can’t see what happens there, so this step is ticked together with the next one that is done here.
walk-second = The same page at the second server
walk-second-starts = The second server runs in a terminal of its own: { $command } -- --second
walk-clock = Move the server’s clock: { $time } later
walk-copy = Copy this browser’s session cookie
walk-paste = Put the copy into this browser
walk-change = In this browser’s cookie, put { $to } in place of { $from }
walk-missed = Not yet.
walk-no-cookie = In this browser there is no cookie to do that with. Is it the right window, and is the right person logged in?
walk-lost = The copy was lost when the lesson was restarted. Copy the cookie once more.
walk-missed-user = This step is for: { $expected }. For the server it was: { $found }. Log in or out in this window, or close the private window and open a new one; then do the step again.
walk-nobody = somebody who is not logged in
walk-done = All steps are done.
walk-done-close = Now the program that closes the hole:
walk-done-exercise = The exercise:

elsewhere-title = You have won a mug!
elsewhere-what = This page belongs to another site than the lesson: look at the address bar. Its button sends a form to the lesson.
elsewhere-button = Get my mug
elsewhere-code = The form behind the button:

# Logging in
login-title = Log in
login-userid = User ID
login-password = Password
login-send = Log in
login-remember = Stay logged in for 30 days
login-missing-field = Please fill in every field.
login-wrong = Wrong user ID or password.

# The main page
main-title = Main page
main-nobody-known = Somebody asked for this page.
main-same-request = There is no telling who: a user who has just logged in and one who never has send the same request.
main-welcome-back = Welcome back, { $user }!
main-how-known = Your browser brought a cookie, and the session that it stands for has the key “user”.

# Who is asking
profile-title = Profile
profile-what = Of the user, the session has only the user ID. The rest was read from the database for this page.
who-title = Who is asking
who-nobody = Nobody the server knows.
who-nobody-what = The session has no key “user”, or there is no session. So nobody was looked up.
who-user = It is { $user }.
who-user-what = The session has the name, and the database has a user of that name.
who-gone-what = The session still says “{ $user }”, but there is no user of that name any more.
who-gone-next = If it was alice or bob: “Start afresh” on the first page makes them again.
who-delete = Delete this user
who-delete-what = Deletes the row in the table of users, and nothing else. No session is told.
who-caption = What this request knows about its user
who-asked = Asked
who-answer = Answer

# Where sessions live
where-title = Where sessions live
where-port = The server on port { $port } has answered.
where-database = Sessions live in the database.
where-database-what = Each is a row on the disk. They outlive a restart of this program, a crash, and even a power cut.
where-cache = Sessions live in the memory of this program.
where-cache-what = They outlive nothing: when this program ends, all of them are gone.
where-file = Sessions live in files.
where-file-what = Each is a file of its own. They outlive a restart of this program and a crash; a power cut may take the last changes.
where-redis = Sessions live in Redis.
where-redis-what = Redis is a program of its own, so they outlive this one. Whether they outlive Redis is a setting there.
where-cookie = Sessions live in the cookies of their browsers.
where-cookie-what = This program keeps nothing that it could lose, and nothing that it could take back either.
where-caption = What engine = "{ $engine }" can do
where-able = Word
where-means = Meaning
where-answer = Can it?
where-yes = yes
where-no = no
where-atomic = Of changes at the same moment none is lost.
where-revocable = A session that was ended stays ended.
where-listable = All sessions of one user can be found.
where-shared = Several servers see the same sessions.
where-durable = Sessions are still there after a restart.

# The session in the cookie
cookie-title = The cookie
cookie-readable = This stands in the cookie, as anybody can read it who has it:
cookie-unreadable = There is no text in this cookie that could be read without the secret key.
cookie-none = There is no cookie.
cookie-size = The cookie’s value is { $size } bytes long. Together with its name and its attributes a cookie may have 4,096.
cookie-fill-title = Fill the session
cookie-fill-what = Each click puts 1,000 letters more under the key “letters”.
cookie-fill-send = Put 1,000 letters in

# How long
lifetime-title = How long
lifetime-left = Days left at most: { $days }
lifetime-what = Only the line “The browser forgets the cookie” is up to the browser. It goes by the last cookie it was sent, and by its own clock.
lifetime-caption = This session
lifetime-now = The server’s clock
lifetime-of = What
lifetime-when = When
lifetime-begun = Begun
lifetime-touched = Last use on record
lifetime-ends = Ends without another use
lifetime-latest = Ends in any case
lifetime-cookie = The browser forgets the cookie
lifetime-closed = when it is closed
lifetime-none = There is nothing that could end.
lifetime-none-what = Your browser brought no session ID, or one that opens nothing.

# What expired is still there
visit-title = Visit
visit-count = Visits of this browser: { $visits }
visit-what = They are counted in its session, and so the session has a row.
rows-title = Rows
rows-count = Live: { $live }. Over: { $over }.
rows-cleared = { $number ->
    [one] One row was deleted.
   *[other] { $number } rows were deleted.
}
rows-what = These are the rows of the table of sessions, by the server’s clock. One that is over opens nothing.
rows-clear = Clear { $batch } at most
rows-clear-who = Only users who are logged in may do that.

# The board
board-title = Board
board-text = What do you want to say, { $user }?
board-send = Put it up
board-stranger = Anybody may read. To write, log in.
board-posts = Posts, newest first
board-by = By { $author }
board-delete = Delete
board-delete-post = Delete post { $number }
board-none = Nobody has written anything yet.
board-empty = Please write something.
board-too-long = At most 500 characters, please.

# The account
account-title = Account
account-who = You are logged in as { $user }.
account-to-password = Change the password
account-sessions = Where you are logged in
account-sessions-what = Each line is a session in which you have logged in. One that you don’t know should be ended, and then the password changed.
account-sessions-go-on = This server keeps sessions where they can’t be listed, nor ended from another browser. Log out in each browser itself.
account-copies-go-on = This server can’t take back a copied cookie. If somebody has a copy of this browser’s, it stays logged in until it expires, even after you log out or change the password.
account-here = This browser, { $browser }, { $time }
account-elsewhere = { $browser }, { $time }
account-browser-on = { $browser } on { $system }
account-browser-unknown = unknown browser
account-now = now
account-end-here = Log out
account-end-here-line = Log out: { $line }
account-end = End
account-end-line = End: { $line }
account-end-others = End all others
account-end-others-what = “End all others” also gives this browser a new session ID. If somebody has copied its cookie, no line above shows that, but the copy opens nothing any more.
account-more = { $number ->
    [one] One more is not shown.
   *[other] { $number } more are not shown.
}
account-session-ended = That session is ended.
account-others-ended = All other sessions are ended. This browser has a new session ID, so a copy of its old cookie opens nothing.
account-password-changed = The password is changed, and all other sessions are ended. This browser has a new session ID, so a copy of its old cookie opens nothing.
account-password-changed-others-go-on = The password is changed. Other browsers stay logged in until you log out there, because this server can’t end their sessions.
account-password-changed-others-unknown = The password is changed, but the other sessions could not all be ended just now. Please end them below.
password-title = Change the password
password-old = Current password
password-new = New password
password-send = Change
password-wrong = This is not your password.
password-others-end = You will stay logged in here, and be logged out everywhere else. So will anybody with a copy of this browser’s cookie.
password-others-go-on = You will stay logged in here, and in your other browsers too: this server can’t end their sessions.

# Signing up
signup-title = Sign up
signup-errors = This did not work yet
signup-all-required = Every field is needed.
signup-userid = User ID
signup-userid-hint = Letters, digits and @ . + - _
signup-real-name = Name
signup-email = Email
signup-password1 = Password
signup-password-hint = At least 8 characters, not digits alone, and nothing like your name.
signup-password2 = Password again
signup-password2-hint = The same once more, against slips.
signup-send = Sign up
signup-required = Please fill in this field.
signup-userid-characters = Only letters, digits and @ . + - _ can be used.
signup-userid-too-long = At most { $limit } characters, please.
signup-userid-mixed = These letters belong to several scripts. Please keep to one; Latin letters may stand beside Korean, Japanese and Chinese ones.
signup-userid-taken = Somebody has this user ID already. Please choose another one.
signup-passwords-differ = The two passwords differ.
signup-password-too-short = At least { $limit } characters, please.
signup-password-all-digits = Digits alone are not enough.
signup-password-too-similar = Too similar to your { $field ->
    [userid] user ID
    [real_name] name
    [email] email
   *[other] other answers
}.
signup-password-too-common = Too many people use this password.
signup-password-too-long = At most { $limit } characters, please.
signup-email-implausible = This does not look like an email address.
signup-email-too-long = At most { $limit } characters, please.
signup-real-name-too-long = At most { $limit } characters, please.
signup-real-name-characters = A name needs letters that can be seen, and no control characters or line breaks.
signup-done-title = Signed up
signup-done-welcome = Welcome, { $name }!
signup-done-what = The signup view put these three into the session, and this view read them back.

# The cart
cart-title = Cart
cart-whose-user = { $user } is logged in.
cart-whose-nobody = Nobody is logged in.
cart-product = Product
cart-count = Count
cart-sum = Sum
cart-price = ₩{ $price }
cart-total = Total
cart-nothing = Nothing in it yet.
cart-gone = No longer sold: { $items }
cart-products = Products
cart-add = Add
cart-add-product = Add { $product }
cart-remove = Remove
cart-remove-product = Remove { $product }
cart-empty = Empty the cart

# What went wrong
status-routes = What this lesson answers
status-method = Method
status-path = Path
status-cover = To the lesson's first page
status-again = Load the page again
status-403-title = Refused
status-403-what = This form came from a page of another server. Nothing was changed.
status-403-next = Open the page here, and send the form from there.
status-403-own-what = This belongs to somebody else. Nothing was changed.
status-403-own-next = Go back. Only its author can do this.
status-404-title = Nothing here
status-404-what = This lesson has no such page.
status-404-next = A path answers only to the methods that are listed for it.
status-409-title = The session has changed
status-409-what = While this request was under way, somebody logged in or out in the same browser. Nothing was changed.
status-409-next = Go back, reload the page, and try again.
status-413-title = Too much
status-413-what = What was sent is larger than this server accepts. Nothing was changed.
status-413-next = Go back and send less.
status-413-session-what = The session would become larger than it may be. Nothing was changed.
status-413-session-next = Go back and put less into it. What only grows belongs in a table, not into the session.
status-422-title = This does not fit
status-422-what = What was sent is not what this page expects. Nothing was changed.
status-422-next = Go back, reload the page, and fill in the form again.
status-429-title = Too many wrong passwords
status-429-what = This password was not looked at: too many wrong ones came for this user ID from here.
status-429-next = Wait { $wait }, then try again. Each further wrong one makes the wait longer.
status-500-title = An error in the program
status-500-what = The server ran into something that it was not made for. Nothing more was changed.
status-500-next = The terminal says more. Go back and try again.
status-503-title = Not just now
status-503-what = The server can't answer at the moment. What could not be stored was not changed.
status-503-next = Wait a few seconds, then try again.
status-other-title = This did not work
status-other-what = The server could not do what was asked.
status-other-next = Go back, reload the page, and try again.

# The terminal
terminal-open = Open
terminal-tls = Browser warns
terminal-tls-why = No authority vouches for this certificate. Your own machine has just made it, so here it is right to go on:
terminal-tls-chrome = Chrome, Edge: Advanced → Proceed to … (unsafe)
terminal-tls-firefox = Firefox: Advanced… → Accept the Risk and Continue
terminal-tls-safari = Safari: Show Details → visit this website
terminal-users = Users
terminal-try = Try
terminal-next = Next
terminal-last = This was the last lesson so far.
terminal-stop = Stop
terminal-second = second server
terminal-no-session-layer = no session layer
terminal-not-asked = no view asked for the session

# What the session layer did
event-no-session-id = no session ID came
event-cookies-dropped = cookies in an unreadable header
event-doubled = several session IDs came: none counts
event-foreign = the cookie is another program’s: left alone
event-unknown = no session { $locker }
event-unreadable = session { $locker } can’t be read
event-unopened = a sealed session that does not open here
event-expired = session { $locker } is over
event-superseded = session { $locker } has a new ID since a moment ago
event-found = session { $locker }
event-unsealed = session { $locker }, from the cookie
event-anonymous = nobody logged in
event-user = { $user }
event-user-gone = { $user }, but there is no such user
event-set = { $key } set
event-logged-in = { $user } logged in
event-popped = { $key } popped
event-logged-out = { $user } logged out
event-cleared = cleared
event-flushed = flushed
event-rotation-asked = new session ID wanted
event-expiry-set = lifetime set
event-updated = { $key } updated
event-created = session { $locker } { $sealed ->
    [true] begun, in the cookie
   *[false] created
}
event-committed = version { $version } at try { $tries }
event-rotated = new session ID, same row { $locker }
event-ended = session { $locker } { $sealed ->
    [true] forgotten by the browser
   *[false] deleted
}
event-returned = came back
event-touched = lifetime extended
event-vanished = session deleted meanwhile: change dropped
event-dropped = error page: change dropped
event-skipped = HEAD: change dropped
event-failed = failed: { $reason }
event-cookie-sent = cookie sent
event-cookie-removed = cookie removed

# What the session layer did, in sentences, for the X-ray
did-no-session-id = No session ID came.
did-cookies-dropped = Cookies came, but in a header that is not UTF-8. Rocket drops such a header as a whole, so no session ID was read. Delete the cookies that other programs have set for this host.
did-doubled = Several session IDs came that open a session. Which of them is this browser’s can’t be told, so none counts. Delete all cookies of this host that have the session cookie’s name, then log in again.
did-foreign = The session cookie’s value is no session ID of ours. Another program on this host has set it, on whatever port, and it is left alone. If it stands in your way, delete that cookie.
did-unknown = No row has this session ID ({ $locker }).
did-unreadable = The row { $locker } can’t be read, so it opens nothing. The log says why.
did-unopened = A sealed session came that does not open here: it was changed, or no key of this server sealed it.
did-expired = The session { $locker } is over.
did-superseded = The session { $locker } got a new ID a moment ago; this is the old one.
did-found = The session ID opens row { $locker }
did-unsealed = The cookie itself holds the session { $locker }
did-anonymous = Anonymous: nobody is logged in.
did-user = It is { $user }.
did-user-gone = The session says { $user }. The database has no such user.
did-set = Key { $key } set.
did-logged-in = { $user } logged in.
did-popped = Key { $key } popped.
did-logged-out = { $user } logged out.
did-cleared = All data emptied; the row stays.
did-flushed = The session is to end. If there is a row or a cookie, it goes.
did-rotation-asked = A new session ID is wanted.
did-expiry-set = A lifetime was set.
did-updated = Key { $key } read, changed and written back at once.
did-created = { $sealed ->
    [true] Session { $locker } begun. It is in the cookie, and nowhere else.
   *[false] Row { $locker } created.
}
did-committed = Committed at try { $tries }: another request was faster.
did-rotated = New session ID, same row { $locker }
did-ended = { $sealed ->
    [true] Session { $locker } is to be forgotten. A copy of its cookie opens it still.
   *[false] Row { $locker } deleted.
}
did-returned = The session ID came back for the first time, so the row is kept for its whole lifetime.
did-touched = The lifetime was extended.
did-vanished = The session was deleted meanwhile, so the change was dropped.
did-dropped = The answer is an error page, so the change was dropped.
did-skipped = A HEAD request asks for headers only, so the change was dropped.
did-failed = Failed: { $reason }
did-cookie-sent = The cookie with the { $sealed ->
    [true] whole session
   *[false] session ID
} is sent.
did-cookie-removed = The browser is told to forget the cookie.

# The X-ray
xray-title = X-ray
xray-motto = what is normally hidden
xray-all = All requests, live
xray-page-what = What browsers sent, what went over the wire and what the server keeps: every request, newest first. Open the lesson in a window beside this one.
xray-requests = Requests, newest first
xray-empty = No request yet.
xray-since = Since then
xray-news = New:
xray-anew = The server was started again, so the history begins anew.
xray-lost = The server does not answer. It is asked again and again.
xray-find = Find the session
xray-decide = Decide who it is
xray-change = Change the session
xray-tell = Tell the browser
xray-nothing = nothing
xray-first-try = Committed at the first try.
xray-not-asked = The view did not ask for the session.
xray-no-layer = This lesson has no session layer.
xray-cannot-know = No session says who it is.
xray-somebody = somebody (the server can’t know who)
xray-browser = Browser
xray-no-cookies = No cookies, as far as the browser told us.
xray-nobody-reads = Left over from another lesson: here nobody reads it.
xray-keeps-itself = Here the browser keeps the value itself.
xray-not-ours = Another program’s cookie.
xray-attributes = Attributes
xray-attributes-unknown = Not known: a browser does not tell, and this server has not sent the cookie since it started.
xray-wire = On the wire
xray-request = Request
xray-response = Response
xray-cut = cut here: more came than can be seen
xray-server = Server
xray-row = Row { $locker }…
xray-home-database = A row in the database.
xray-home-database-what = It is on the disk: a restart does not touch it.
xray-home-cache = The memory of this program.
xray-home-cache-what = When the program ends, all sessions are gone.
xray-home-file = A file.
xray-home-file-what = It is on the disk: a restart does not touch it.
xray-home-redis = Redis.
xray-home-redis-what = Another program keeps it, for all servers that ask there.
xray-home-cookie = Nothing.
xray-home-cookie-what = The whole session is in the browser’s cookie.
xray-row-file = File { $locker }…
xray-row-cookie = What the cookie holds, session { $locker }…
xray-row-more = More of the row
xray-cookie-more = More of it
xray-row-none = No row: this request came without a session.
xray-row-gone = The row was deleted.
xray-row-over = The row is still there, but its time is over: it counts as deleted.
xray-not-looked = The view did not ask, so nobody looked.
xray-looked-itself = The view did not ask. Only this X-ray looked.
xray-opens-none = This session ID opens no row.
xray-only-forgotten = Nothing was deleted here: there was nothing. Only the browser is told to forget.
xray-no-answer = The store did not answer.
xray-time = The server’s clock:
xray-time-ahead = { $time } ahead
xray-time-hour = +1 hour
xray-time-day = +1 day
xray-time-weeks = +2 weeks
xray-time-now = Back to now
xray-time-what = Only the server’s clock moves. The browser goes by its own, and may still send what is over for the server.
xray-mark-new = new
xray-mark-changed = changed
xray-mark-gone = gone
xray-mark-again = sent again

# What keeps a lesson from starting
lessons-broken = The list of lessons can't be read: { $place }: { $reason }
lessons-unreadable = { $about }
lessons-field-missing = { $about } is missing
lessons-field-unknown = { $about } is no field of it
lessons-empty = “{ $about }” is empty
lessons-name = a head is named “lesson” and two digits; the letters a and b are for the programs of a pair
lessons-twice = lesson { $about } has this number already
lessons-missing = there is no plain file of this name
lessons-base = `base` has to be the number of an earlier lesson, not “{ $about }”
lessons-start = `start` lists pages like “/login”, not “{ $about }”
lessons-none = there is no lesson in this folder
start-lesson = There is no lesson { $number }. Its number is what app("…") is called with.
start-configuration = The configuration can't be used: { $reason }
start-database = The lesson can't start: { $reason }. Check that its folder can be written to; a file that is not the course's can be moved away, and the next start makes a new one.
start-newer-database = The lesson can't start: { $file } was made by a newer version of this course. Update the course, or move that file away: the next start makes a new one.
start-template-folder = The folder of templates, { $folder }, can't be used: { $reason }. Start the lesson in the project's folder.
start-template-missing = The template { $file } is missing. Bring it back, for example with: git checkout -- templates
start-template = The template { $file } can't be read: { $reason }
start-hole = This program has a hole on purpose, so it starts for this machine only and not on { $address }. Take the address out of Rocket.toml or ROCKET_ADDRESS, or set it to 127.0.0.1.
start-port-in-use = Port { $port } is in use. Is another lesson still running? Stop it with Ctrl+C, or take another port: { $command }
start-last-port = No port comes after 65535, so the second server has none. Choose a smaller one for both: { $command }
start-certificate = The file { $file }, which holds key and certificate for https, can't be used: { $reason }
start-address = The lesson can't listen on { $address }: { $reason }

# Exercises
exercise-title = { $number ->
    [end] Closing exercise
   *[other] Exercise { $number }
}
exercise-which = There is no exercise “{ $named }”. There are: { $numbers }
exercise-edit = Edit in { $file }: { $views }
exercise-kept = Your earlier attempt is kept as { $file }
exercise-reset = { $file } is as it was given, and its hints are closed.
exercise-serve = to try it in the browser
exercise-check = to have it checked
exercise-hint = when you are stuck
exercise-anew = to begin anew
exercise-hints = Hints
exercise-no-hint-yet = None yet. Try it first.
exercise-hint-number = Hint { $number }
exercise-next-hint = Hint { $number } of { $all }: { $command }
exercise-no-hint = No more hints. The solution: { $command }
exercise-same = Your code is the solution, line by line.
exercise-solved = Solved.
exercise-was-shown = You had looked at the solution before.
exercise-wait = { $from }–{ $to } wait for this one.
exercise-rest = The others, { $number }, wait for this one.
exercise-waits = { $from } waits for this one.
exercise-panicked = A view panicked: { $panic }
exercise-ended-in-panic = Your program ended with a panic: { $panic }
exercise-ended = Your program ended before it answered. { $panic }
exercise-silent = Your program did not answer for 10 seconds, so it was ended. Is there a loop without an end, or a wait for nothing?
exercise-unstarted = Your program could not be started: { $panic }. If another check builds it right now, check again.
exercise-passed = Lesson { $lesson }: all { $steps } steps.
exercise-touched = While your program ran, { $file } was changed, which belongs to the course. If your program did it, take that out, and bring the file back: git checkout -- { $file }
exercise-not-noted = Your progress could not be noted: { $reason }
exercise-watched = Waiting for a change in { $file }. Ctrl+C ends.
exercise-progress = Last check: { $passed } of { $steps } steps
exercise-unchecked = Not checked yet: { $command }
miss-status = the answer should have the status { $expected }, it has { $found }
miss-place = the redirect should go to { $expected }, it goes to { $found }
miss-text = the page should say “{ $expected }”, and does not (its heading: “{ $found }”)
miss-predicted = you predicted “{ $found }”, it is “{ $expected }”
miss-field = the input should hold “{ $expected }”, it holds “{ $found }”
miss-asking = the server should take the sender for { $expected }, it takes them for { $found }
miss-cookie = the session cookie should be { $expected ->
    [new] a new one
    [same] the same
    [gone] gone
   *[none] none at all
}, it is { $found ->
    [new] a new one
    [same] the same
    [gone] gone
   *[none] none at all
}
miss-row = { $expected ->
    [none] there should be no row
   *[other] the row should hold { $expected }
}, { $found ->
    [none] there is none
   *[other] it holds { $found }
}
compile-await = It seems that an `.await` is missing: an async function does nothing until its result is awaited. See RUST.md, “A forgotten .await”.
compile-other = Read the first line of the message and the line of your code below it. RUST.md has the errors of the first week, and the signs of Rust.
compile-elsewhere = The error is not in { $file }: another file of the project was changed. `git status` says which.
compile-e0308 = E0308: a value has another type than the place where it is used. Compare “expected” and “found” in the message above: is an `Option` or a `&` too many or too few? See RUST.md, E0308.
compile-e0382 = E0382: a value was used after it had been given away. Lend it with `&`, or use it before. See RUST.md, E0382.
compile-e0425 = E0425, E0433: there is no such name here. Is it spelled right, and does a line `use` at the top bring it in? See RUST.md, E0425.
compile-e0277 = E0277: a type can’t do what is asked of it. `?` for example needs a `Result` and a view that returns `Answer`. See RUST.md, E0277.
compile-e0369 = E0369: a value of this type does not take that operator. Is it still inside an `Option`? See RUST.md, E0369.
compile-e0599 = E0599: a value of this type has no such method. Is it spelled right, or is the value still inside an `Option`? See RUST.md, E0599.

## Exercise 14
grid-title = Your prediction
grid-stops = It stops the attack.
grid-passes = The attack gets through.

## Mallory's own site
mallory-title = Mallory’s site
mallory-attacks = Attacks on the lessons
mallory-lead = One page for each lesson, one button for each attack, and below the button the lines that are behind it.
mallory-limits = All of this stays on this machine. Her site listens on 127.0.0.1, attacks nothing but the lesson’s port, and forgets what it has when it ends.
mallory-address = Mallory’s site: { $address } (for the lesson on port { $lesson }). Stop it with Ctrl+C.
mallory-port-in-use = Port { $port } is in use. Is Mallory’s site still running? Stop it with Ctrl+C, or take another port: { $command }
mallory-no-port = { $text } is no port. Give the lesson’s port so: cargo run --bin mallory -- 8001
mallory-topic-12 = Session fixation
mallory-topic-13 = Foreign forms (CSRF)
mallory-topic-14 = Theft, and the cookie’s flags
mallory-topic-15 = Replay, and log out everywhere
mallory-running = { $lesson } runs on port { $port }.
mallory-running-none = No lesson answers on port { $port }. Start one in another terminal:
mallory-running-other = { $lesson } runs on port { $port }, and this page is about lesson { $wanted }. Stop the one, and start the other:
mallory-running-elsewhere = If it runs on another port, add this to the address of this page:
mallory-back = Go to the lesson
mallory-here = You are here.
mallory-host-neighbour = The lesson’s neighbour: same host name, other port.
mallory-host-other = Another site: same machine, other host name.
mallory-host-below = Below the shop’s name: for the second cookie.
mallory-host-shop = The shop’s own name, other port: to keep and to plant a session ID.
mallory-only = Under the name { $host } this changes nothing. Cookies belong to a host name: those of { $lesson } don’t come here, and those that are set here don’t go there. Open this page as
mallory-only-toss = Under the name { $host } this changes nothing. A server may set cookies for its own host name and for those above it, and this one is not below shop.localhost. Open this page as
mallory-answer = The answer of her server:
mallory-button-note = Keep this browser's session ID
mallory-button-plant = Plant the kept session ID
mallory-button-board = Click me
mallory-button-toss = Set a second cookie
mallory-button-script = A script for the board
mallory-see-note = Her server keeps the session ID that your browser brings along. Compare the first characters with those in the lesson’s X-ray.
mallory-see-plant = Then open the lesson in this window, and look in its X-ray which session ID your browser brings now.
mallory-see-board = The form goes to the lesson. See where its answer leads, and whose name stands on the board.
mallory-see-toss = The kept session ID becomes a cookie for the name above this one. Keep one of Mallory’s own first: the lesson ignores what opens no session. See in DevTools (Application → Cookies) what your browser has now; then open the lesson in this window.
mallory-see-script = Copy it into a post. It runs where a page of the lesson shows it as HTML: it sends the cookies that it can read here, and if the session ID is not among them, it posts in the reader’s name.
mallory-loot = A script has sent the session ID { $id }
mallory-loot-none = No script has sent a session ID yet. Reload this page when the board has been read.
mallory-said-noted = Kept: the session ID { $id }
mallory-said-none = This browser brought no session ID. Begin a session first: open the lesson in this window, then log in or put something into the cart.
mallory-said-planted = Sent to this browser: the session ID { $id }
mallory-said-nothing = Nothing is sent: she has no session ID yet.
mallory-said-tossed = Sent to this browser: a second cookie for all of shop.localhost, with the session ID { $id }
mallory-facts = If it comes out otherwise (read it after you have tried)
mallory-fact-12-windows = A private window has cookies of its own, and all private windows share them. Keep the ID in one window, and plant it in the other.
mallory-fact-12-third = Blocking third-party cookies changes nothing here: after a click, her page is the one in the address bar, so its cookies are no third party’s. Tried in Chromium.
mallory-fact-12-browsers = That ports don’t separate cookies stands in the standard (RFC 6265, section 8.5). Tried in Chromium, not in Firefox and Safari.
mallory-fact-13-third = Blocking third-party cookies changes nothing here: a Strict or Lax cookie stays at home anyway when 127.0.0.1 sends a form to localhost. Tried in Chromium.
mallory-fact-13-default = The lesson’s cookie says SameSite itself. If a cookie doesn’t, Chromium takes Lax, but sends it along for the first two minutes; in Firefox Lax by default is switched off (network.cookie.sameSite.laxByDefault). Safari: unconfirmed.
mallory-fact-13-browsers = That ports make no other site stands in the standard (RFC 6265bis, section 5.2). Tried in Chromium, not in Firefox and Safari.
mallory-fact-14-names = Chromium knows every name that ends in .localhost as this machine, and so does Firefox from version 84 on. Safari knows them from macOS 26 on (its developers say so; not tried). Before that, add the line 127.0.0.1 shop.localhost evil.shop.localhost to /etc/hosts.
mallory-fact-14-secure = So far Safari sends no Secure cookie over http, not even to localhost (WebKit bug 281149; not tried). There a login with a Secure or __Host- cookie does not last; take Chromium or Firefox.
mallory-fact-14-two = That a name with __Host- allows no Domain stands in the standard (RFC 6265bis). Tried in Chromium, not in Firefox and Safari. To get rid of the second cookie, delete the cookies of shop.localhost in DevTools.
mallory-fact-15-windows = A private window has cookies of its own, and all private windows share them. Keep the ID in one window, and plant it in the other.
mallory-fact-15-third = Blocking third-party cookies changes nothing here: after a click, her page is the one in the address bar, so its cookies are no third party’s. Tried in Chromium.
