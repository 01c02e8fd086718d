# 모든 페이지
page-lesson = { $number ->
    [exercise] 연습
   *[other] 레슨 { $number }
}
page-skip = 본문으로 건너뛰기
page-hole = 이 프로그램에는 레슨에서 다루는 취약점이 일부러 남아 있습니다. 이 컴퓨터에서만 접속할 수 있습니다.
page-hole-label = 주의
half-open = 취약한 버전
half-closed = 수정한 버전
page-navigation = 이 레슨의 페이지
page-languages = 언어
page-course = 웹 세션 강좌
page-projector = 프로젝터용 큰 글씨
page-usual = 보통 글씨
page-error-title = 확인이 필요합니다: { $title }
page-no-cookie = 서버가 방금 세션 쿠키를 보냈지만 이번 요청에는 쿠키가 들어 있지 않습니다. 그래서 서버는 누가 요청했는지 알 수 없습니다.
page-no-cookie-next = 브라우저가 이 사이트의 쿠키를 차단하고 있는지 확인해 보세요. Chrome과 Edge에서는 주소창 왼쪽의 아이콘을, Firefox에서는 방패 아이콘을 누르면 됩니다. 차단하지 않았다면 개발자 도구의 네트워크(Network) 탭에서 응답에 Set-Cookie가 있는 요청을 고르고 쿠키(Cookies) 탭을 열어 보세요. 저장하지 않은 이유를 볼 수 있습니다.

# 링크
nav-main = 메인 페이지
nav-cart = 장바구니
nav-board = 게시판
nav-profile = 프로필
nav-who = 요청한 사용자
nav-where = 세션 저장소
nav-cookie = 쿠키
nav-account = 계정
nav-lifetime = 세션 유지 기간
nav-visit = 방문
nav-rows = 저장된 세션
nav-signup = 회원가입
nav-login = 로그인
nav-logout = 로그아웃

# 레슨

# 시나리오
actor-alice = alice
actor-bob = bob
actor-mallory = mallory
actor-stranger = 비로그인 사용자
scenario-broken = { $place }: { $reason }
scenario-at = { $who }, { $at }의 브라우저에서
scenario-step = { $steps }단계 중 { $number }단계
scenario-right = 맞는 답:
scenario-wrong = 틀린 답:
scenario-your-answer = 고른 답:
scenario-idea = 핵심:
scenario-no-cookie = 쿠키 없음
scenario-follows = 리다이렉트에 따른 요청
scenario-foreign = 다른 사이트의 페이지에서 보낸 요청
scenario-neighbour = 다른 포트의 페이지에서 보낸 요청
scenario-at-second = 두 번째 서버로 보낸 요청
scenario-closed = 브라우저를 닫았다가 다시 엶
scenario-restarted = 레슨을 종료했다가 다시 시작함
scenario-restarted-with = 레슨을 종료했다가 { $settings } 설정으로 다시 시작함
scenario-copied = 개발자 도구에서 쿠키 값을 복사함
scenario-pasted = 개발자 도구에서 복사한 값을 쿠키에 붙여 넣음
scenario-changed = 개발자 도구에서 쿠키의 내용을 바꿈: { $from } → { $to }
scenario-at-mallorys = mallory의 사이트로 보낸 요청이라 레슨에는 기록이 없습니다
scenario-no-script = 페이지에서 실행되는 스크립트가 없어 아무 요청도 보내지 않습니다
scenario-steals = 페이지의 스크립트가 document.cookie를 읽어 mallory에게 보냅니다
scenario-changed-cookie = 내용을 바꾼 { $cookie }
scenario-times = { $number }번, 매번 다른 브라우저에서. 마지막 요청:
scenario-time = 시간이 지남: { $time }
scenario-page = 페이지
scenario-browser = 브라우저
scenario-row = 행
scenario-in-cookie = 세션
scenario-kept = { $cookie }, { $time } 동안
scenario-kept-until-closed = { $cookie }, 브라우저를 닫을 때까지
scenario-no-row = { $session }의 행을 찾을 수 없음
scenario-row-over = { $session } 만료됨(행은 남아 있음)
scenario-holds = 확인함: { $claims }
scenario-fails = { $claim }: 예상 { $expected }, 실제 { $found }
claim-status = 상태 코드
claim-place = 이동할 주소
claim-text = 페이지 내용
claim-form = 폼 필드
claim-field = 입력란
claim-asking = 요청한 사용자
claim-cookie = 쿠키
claim-row = 세션 데이터
claim-half = 두 버전의 차이
subgoal-find = 세션 조회
subgoal-decide = 사용자 확인
subgoal-change = 세션 변경
subgoal-tell = 쿠키 전송
duration-days = { $number }일
duration-hours = { $number }시간
duration-minutes = { $number }분
duration-seconds = { $number }초

# 레슨의 인자와 데모
arguments-unknown = 알 수 없는 인자입니다: { $argument } (쓸 수 있는 인자: { $command } --help)
arguments-pace = --pace 뒤에 초를 적어야 합니다. 예: --pace 2s (쓸 수 있는 인자: { $command } --help)
arguments-usage = 실행 방법
arguments-serve = 레슨을 시작합니다
arguments-demo = 터미널에서 시나리오를 보여 줍니다. Enter를 누를 때마다 한 단계씩 진행합니다
arguments-paced = 같은 데모를 2초마다 한 단계씩 진행합니다
arguments-second = 다음 포트에서 두 번째 서버로 한 번 더 실행합니다
arguments-help = 이 도움말을 보여 줍니다
demo-live = 데모용 데이터베이스를 쓰는 레슨이 { $address }에서 실행됩니다. 실시간으로 보기: { $xray }
demo-enter = Enter: 계속 · Ctrl+C: 종료
demo-choose = 글자 하나 또는 Enter: 계속
demo-ends-well = 끝입니다. 모두 시나리오대로 동작했습니다.
demo-ends-badly = 끝입니다. 시나리오와 다른 곳이 { $number }군데 있습니다.
demo-failed = 데모를 계속할 수 없습니다: { $reason }

# 명령
command-list = 레슨 목록과 진도
command-diff = 레슨에서 바뀐 코드와 그 이유
command-demo = 레슨의 시나리오를 터미널에서 보여 줍니다
command-start = 연습 문제를 시작합니다. 이전에 풀던 파일은 보관합니다
command-check = 연습 문제를 채점합니다. --watch를 붙이면 파일이 바뀔 때마다 다시 채점하고, --course를 붙이면 모든 레슨을 검사합니다
command-hint = 힌트를 하나씩 더 보여 줍니다
command-solution = 내 코드와 정답의 차이를 보여 줍니다
command-reset = 연습 문제를 처음으로 되돌립니다. 번호가 없으면 사용자, 세션, 진도를 삭제하고 모든 연습 문제를 되돌립니다
command-report = 이 컴퓨터의 진도를 복사할 수 있게 보여 줍니다. 그 내용을 저장한 파일을 여러 개 지정하면 수업 전체의 진도를 집계합니다
command-doctor = 레슨에 필요한 것이 모두 있는지 점검합니다
command-reset-exercises = 다음 연습 문제를 처음으로 되돌리고, 작성한 코드는 exercises/old 폴더에 보관합니다: { $numbers }
command-reset-ask-anew = 처음으로 되돌릴까요? [y/N]
report-paste = 모두 복사하세요. 이름은 들어 있지 않습니다.
report-seats = 컴퓨터 { $number }대
report-begun = 시작
report-done = 완료
report-hints = 힌트 수
report-shown = 정답 확인
report-bad = 집계에서 제외했습니다({ $file }): { $line ->
    [0] 파일을 읽을 수 없거나 진도 보고서가 아닙니다.
   *[other] { $line }번째 줄이 보고서의 형식과 다릅니다.
}
doctor-rust = Rust 버전 { $found }. { $needed } 이상이 필요합니다.
doctor-rust-old = Rust 버전 { $found }: 오래되었습니다. { $needed } 이상이 필요합니다. 다음 명령으로 업데이트하세요: rustup update
doctor-rust-none = rustc를 찾을 수 없습니다. https://rustup.rs 페이지를 보고 Rust를 설치한 다음 터미널을 새로 여세요.
doctor-compiler = C 컴파일러: { $found }
doctor-compiler-none = C 컴파일러가 없습니다. SQLite를 빌드하고 프로그램을 링크할 때 필요합니다. Debian, Ubuntu: apt install build-essential. macOS: xcode-select --install
doctor-compiler-windows = Windows에서는 rustc가 C 컴파일러를 직접 찾습니다. 링크 오류가 나면 Visual Studio Build Tools에서 “C++를 사용한 데스크톱 개발”을 설치하세요.
doctor-port = 포트 { $port }번을 쓸 수 있습니다.
doctor-port-lesson = 포트 { $port }번을 다른 레슨에서 쓰고 있습니다(“{ $lesson }”). 그 레슨을 실행한 터미널에서 Ctrl+C를 눌러 종료하세요.
doctor-port-other = 포트 { $port }번을 다른 프로그램에서 쓰고 있습니다. 그 프로그램을 종료하거나 다른 포트를 쓰세요: { $command }
doctor-mallory = mallory의 사이트(레슨 12~15)에 포트 { $port }번을 쓸 수 있습니다.
doctor-mallory-taken = 포트 { $port }번을 이미 쓰고 있습니다. mallory의 사이트가 실행 중이면 그대로 두세요. 다른 프로그램이라면 mallory의 사이트와 레슨을 모두 MALLORY_PORT에 다른 포트를 지정해 실행하세요(레슨 12~15).
doctor-folder = { $folder } 폴더에 파일을 쓸 수 있습니다.
doctor-folder-room = { $folder } 폴더에 파일을 쓸 수 있습니다. 남은 공간은 { $free }GiB입니다.
doctor-folder-tight = { $folder } 폴더에 파일을 쓸 수 있지만 남은 공간이 { $free }GiB뿐입니다. 빌드하려면 3GiB쯤 필요합니다. `cargo clean` 명령으로 공간을 늘릴 수 있습니다.
doctor-folder-full = 디스크에 남은 공간이 없습니다({ $folder }). `cargo clean` 명령으로 공간을 늘릴 수 있습니다.
doctor-folder-closed = { $folder } 폴더에 파일을 쓸 수 없습니다: { $reason }. 프로젝트를 쓰기 권한이 있는 폴더로 옮기세요.
doctor-clock = 컴퓨터의 시계: { $year }년
doctor-clock-wrong = 컴퓨터의 시계가 { $year }년으로 맞춰져 있습니다. 세션과 쿠키는 시계에 따라 만료되므로 시각을 바로잡으세요.
doctor-browser = 브라우저: { $found }
doctor-browser-none = 흔히 설치되는 위치에서 브라우저를 찾지 못했습니다. 최근 몇 년 안에 나온 브라우저라면 어느 것이든 괜찮습니다.
doctor-terminal = 터미널의 언어는 한국어입니다. English: COURSE_LANG=en
command-solved = 연습 ✓
command-sessions = 저장된 세션 목록. end --all을 붙이면 모든 세션을 종료합니다
command-clearsessions = 만료된 세션을 삭제합니다. 앞으로 만료될 세션도 지정할 수 있습니다
command-unknown = ‘{ $name }’ 명령은 없습니다. 쓸 수 있는 명령: cargo run -- --help
command-unknown-meant = ‘{ $name }’ 명령은 없습니다. 혹시 이 명령인가요? { $meant }
command-which-lesson = ‘{ $named }’ 레슨은 없습니다. 있는 레슨: { $numbers }
command-failed = 실행하지 못했습니다: { $reason }
path-core = 기본 과정
path-further = 심화 과정
command-minutes = { $number }분
command-not-begun = –
command-under-way = { $steps }단계 중 { $done }단계
command-done = ✓ 완료
command-next = 다음
command-more = 그 밖에
command-diff-title = 레슨 { $lesson }: 레슨 { $base } 이후 바뀐 코드
command-diff-none = 첫 레슨이므로 비교할 이전 레슨이 없습니다.
command-checked = { $steps }단계, 확인 { $claims }개
command-check-claim = { $step }단계: { $claim }
command-reset-nothing = 아직 저장된 것이 없습니다.
command-reset-ask = 사용자, 세션, 진도가 모두 삭제됩니다({ $names }). 실행 중인 레슨은 먼저 종료하세요. 삭제할까요? [y/N]
command-reset-in-use = 삭제하지 않았습니다. 실행 중인 레슨이나 다른 프로그램에서 { $database } 파일을 사용하고 있습니다. 레슨을 실행한 터미널에서 Ctrl+C를 눌러 먼저 종료하세요.
command-reset-kept = 아무것도 삭제하지 않았습니다.
command-reset-done = 삭제했습니다: { $names }
command-sessions-none = 저장된 세션이 없습니다.
command-sessions-in-memory = 세션이 실행 중인 레슨의 메모리에 있어서, 그 레슨만 읽고 지울 수 있습니다. /xray 페이지에서 볼 수 있습니다.
command-sessions-in-cookies = 세션은 브라우저마다 쿠키에 담겨 있습니다. 서버에는 저장된 세션이 없으므로 보여 주거나 삭제할 것도 없습니다. 모두 종료하려면 키 파일을 삭제하고 재시작하세요.
command-session-user = 사용자
command-session-keys = 키
command-session-created = 생성
command-session-touched = 마지막 사용
command-session-expires = 만료
command-ended = 세션 { $number }개를 종료했습니다.
command-cleared = 만료된 세션 { $number }개를 삭제했습니다.
time-now = 방금
time-ago = { $time } 전
time-ahead = { $time } 뒤
time-over = { $time } 전에 만료

# 첫 화면
cover-open = 열기
cover-users = 로그인할 수 있는 사용자
cover-users-what = 처음 시작할 때 만들어지는 사용자입니다.
cover-further = 터미널에서
cover-further-what = Ctrl+C로 이 레슨을 종료한 다음 입력하세요.
cover-order = 기본 과정을 먼저 마친 다음 심화 과정으로 넘어갑니다.
cover-next = 다음:
cover-previous = 이전:
cover-do = 시작하기
cover-afresh = 처음부터 다시 시작
cover-afresh-what = 이 브라우저에 저장된 세션 쿠키와 서버에 저장된 이 브라우저의 세션을 삭제합니다. 선택한 언어는 그대로 둡니다.

# 페이지 옆
times-utc = UTC로 보기
beside-title = 페이지 옆에서 보기
beside-prediction = 예측
beside-checklist = 체크리스트
beside-task = 과제
beside-notes = 노트
beside-code = 코드
beside-changes = 변경된 코드
beside-rust = Rust 표기 열 가지
beside-new-to-rust = Rust가 처음인가요? 표기 열 가지
beside-load = 별도 페이지로 열기
beside-no-file = { $file } 파일을 읽을 수 없습니다. 프로젝트 폴더에서 레슨을 시작했는지 확인하세요.
beside-no-section = { $file } 파일에 이 레슨에 관한 내용이 없습니다.
beside-unchanged = 아직 바꾼 코드가 없습니다.
beside-no-base = 첫 레슨이므로 비교할 이전 레슨이 없습니다.
predict-title = 먼저 예측하기
predict-how = 답을 하나 고르고 나서 직접 해 보세요. 고른 답은 이 브라우저에만 저장되고 점수는 매기지 않습니다.
predict-reveal = 정답 보기
predict-right = 정답:
predict-yours = 내가 고른 답
predict-now = 새 질문
predict-was-right = 맞혔습니다.
predict-was-wrong = 이번에는 틀렸습니다.
predict-predicted = 내 예측:
predict-look = X-ray의 ‘{ $column }’ 칸에서 결과를 확인하세요.
checklist-count = { $all }개 중 { $done }개
checklist-how = 브라우저로 각 단계를 차례로 해 보면 완료로 표시됩니다. 어느 브라우저에서 하든 상관없습니다.
checklist-demo-only = 데모에서만 가능
checklist-done = 완료

walk-copy-line = 복사
walk-copied = 복사됨
walk-console = 이 창의 콘솔(F12)에 붙여 넣으세요. Chrome에서는 처음 붙여 넣기 전에 ‘allow pasting’을 입력해야 할 수 있습니다.
walk-terminal = Ctrl+C로 레슨을 종료한 다음 터미널에 붙여 넣으세요.
walk-another-site = 다른 사이트의 페이지
walk-mallory = 이 레슨의 mallory 페이지
walk-mallory-starts = mallory의 사이트는 다른 터미널에서 실행합니다: cargo run --bin mallory
walk-mallory-unseen = mallory의 사이트는 다른 터미널에서 실행합니다: cargo run --bin mallory. 레슨은 그 사이트에서 한 일을 볼 수 없으므로, 레슨에서 다음 단계를 마치면 이 단계도 함께 완료됩니다.
walk-second = 두 번째 서버의 같은 페이지
walk-second-starts = 두 번째 서버는 다른 터미널에서 실행합니다: { $command } -- --second
walk-clock = 서버 시계를 { $time } 앞으로 돌리기
walk-copy = 이 브라우저의 세션 쿠키 복사하기
walk-paste = 복사한 쿠키를 이 브라우저에 붙여 넣기
walk-change = 이 브라우저의 쿠키에서 { $from } → { $to } 바꾸기
walk-missed = 아직 완료되지 않았습니다.
walk-no-cookie = 이 브라우저에는 알맞은 쿠키가 없습니다. 창이 맞는지, 누구로 로그인했는지 확인하세요.
walk-lost = 레슨을 다시 실행해서 복사한 쿠키가 사라졌습니다. 쿠키를 다시 복사하세요.
walk-missed-user = 이 단계를 할 사용자: { $expected }. 서버가 확인한 사용자: { $found }. 이 창에서 로그인하거나 로그아웃한 뒤, 또는 시크릿 창을 닫고 새로 연 뒤에 이 단계를 다시 해 보세요.
walk-nobody = 비로그인 사용자
walk-done = 모든 단계를 마쳤습니다.
walk-done-close = 이제 취약점을 막은 프로그램을 실행해 보세요.
walk-done-exercise = 연습:

elsewhere-title = 머그컵에 당첨되셨습니다!
elsewhere-what = 이 페이지는 레슨과 다른 사이트에 있습니다. 주소창을 확인해 보세요. 버튼을 누르면 레슨 서버로 폼을 보냅니다.
elsewhere-button = 머그컵 받기
elsewhere-code = 버튼 뒤에 있는 폼:

# 로그인
login-title = 로그인
login-userid = 아이디
login-password = 비밀번호
login-send = 로그인
login-remember = 30일 동안 로그인 상태 유지
login-missing-field = 모든 항목을 입력해 주세요.
login-wrong = 아이디 또는 비밀번호가 올바르지 않습니다.

# 메인 페이지
main-title = 메인 페이지
main-nobody-known = 누군가 이 페이지를 요청했습니다.
main-same-request = 누가 요청했는지는 알 수 없습니다. 방금 로그인한 사용자도 로그인한 적 없는 사용자도 똑같은 요청을 보냅니다.
main-welcome-back = { $user }님, 다시 오신 것을 환영합니다!
main-how-known = 브라우저가 보낸 쿠키에 해당하는 세션에 ‘user’ 키가 있습니다.

# 요청한 사용자
profile-title = 프로필
profile-what = 세션에 저장된 사용자 정보는 아이디뿐입니다. 나머지는 이 페이지를 만들 때 데이터베이스에서 읽었습니다.
who-title = 요청한 사용자
who-nobody = 로그인하지 않은 사용자입니다.
who-nobody-what = 세션에 ‘user’ 키가 없거나 세션 자체가 없습니다. 그래서 사용자를 조회하지 않았습니다.
who-user = { $user }님이 요청했습니다.
who-user-what = 세션에 저장된 아이디로 데이터베이스에서 사용자를 찾았습니다.
who-gone-what = 세션에는 아직 ‘{ $user }’ 아이디가 남아 있지만, 데이터베이스에는 그런 사용자가 없습니다.
who-gone-next = 삭제한 사용자가 alice나 bob이라면, 첫 화면의 ‘처음부터 다시 시작’ 버튼으로 다시 만들 수 있습니다.
who-delete = 이 사용자 삭제
who-delete-what = 사용자 테이블의 행만 삭제합니다. 세션은 그대로 둡니다.
who-caption = 이 요청의 사용자
who-asked = 호출
who-answer = 결과

# 세션 저장소
where-title = 세션 저장소
where-port = 포트 { $port }번의 서버가 응답했습니다.
where-database = 세션을 데이터베이스에 저장합니다.
where-database-what = 세션 하나가 디스크에 저장된 행 하나입니다. 서버를 재시작하거나 서버가 강제 종료되어도, 정전이 되어도 남습니다.
where-cache = 세션을 서버 프로그램의 메모리에 저장합니다.
where-cache-what = 서버를 재시작하면 모든 세션이 사라집니다.
where-file = 세션을 파일에 저장합니다.
where-file-what = 세션 하나가 파일 하나입니다. 서버를 재시작하거나 서버가 강제 종료되어도 남습니다. 정전이 되면 마지막 변경은 사라질 수 있습니다.
where-redis = 세션을 Redis에 저장합니다.
where-redis-what = Redis는 별도로 실행되는 프로그램이므로 이 서버를 종료해도 세션이 남습니다. Redis를 종료한 뒤에도 남는지는 Redis 설정에 달려 있습니다.
where-cookie = 세션을 각 브라우저의 쿠키에 저장합니다.
where-cookie-what = 서버에는 아무것도 저장하지 않습니다. 그래서 잃을 데이터도 없지만, 세션을 무효화할 수도 없습니다.
where-caption = engine = "{ $engine }"의 특성
where-able = 특성
where-means = 설명
where-answer = 지원
where-yes = 예
where-no = 아니요
where-atomic = 여러 요청이 동시에 바꿔도 변경이 유실되지 않습니다.
where-revocable = 종료한 세션은 다시 쓸 수 없습니다.
where-listable = 한 사용자의 세션을 모두 조회할 수 있습니다.
where-shared = 여러 서버가 같은 세션을 공유합니다.
where-durable = 서버를 재시작해도 세션이 남습니다.

# 쿠키에 저장한 세션
cookie-title = 쿠키
cookie-readable = 쿠키에 담긴 내용입니다. 쿠키를 가진 사람은 누구나 읽을 수 있습니다.
cookie-unreadable = 이 쿠키의 내용은 비밀 키 없이는 읽을 수 없습니다.
cookie-none = 쿠키가 없습니다.
cookie-size = 쿠키 값의 크기는 { $size }바이트입니다. 쿠키 하나는 이름과 속성까지 합쳐 4,096바이트까지 저장할 수 있습니다.
cookie-fill-title = 세션 채우기
cookie-fill-what = 누를 때마다 ‘letters’ 키에 글자를 1,000개씩 추가합니다.
cookie-fill-send = 글자 1,000개 추가

# 세션 유지 기간
lifetime-title = 세션 유지 기간
lifetime-left = 최대 { $days }일 남았습니다
lifetime-what = ‘쿠키 만료’ 줄만 브라우저가 결정합니다. 브라우저는 마지막으로 받은 쿠키의 유지 기간을 자기 시계로 계산합니다.
lifetime-caption = 이 세션
lifetime-now = 서버의 시계
lifetime-of = 항목
lifetime-when = 시각
lifetime-begun = 시작
lifetime-touched = 마지막 사용
lifetime-ends = 사용하지 않으면 만료
lifetime-latest = 계속 사용해도 만료
lifetime-cookie = 쿠키 만료
lifetime-closed = 브라우저 종료 시
lifetime-none = 만료될 세션이 없습니다.
lifetime-none-what = 브라우저가 세션 ID를 보내지 않았거나, 보낸 세션 ID가 유효하지 않습니다.

# 저장된 세션
visit-title = 방문
visit-count = 이 브라우저의 방문 횟수: { $visits }
visit-what = 방문 횟수를 세션에 저장하므로 서버에 세션이 만들어집니다.
rows-title = 저장된 세션
rows-count = 유효한 세션 { $live }개, 만료된 세션 { $over }개
rows-cleared = 만료된 세션 { $number }개를 삭제했습니다.
rows-what = 세션 테이블의 행을 서버 시계로 나누어 센 값입니다. 만료된 세션은 쓸 수 없지만 삭제할 때까지 테이블에 남아 있습니다.
rows-clear = 만료된 세션 삭제(최대 { $batch }개)
rows-clear-who = 로그인한 사용자만 삭제할 수 있습니다.

# 게시판
board-title = 게시판
board-text = { $user }님, 내용을 입력하세요.
board-send = 등록
board-stranger = 글은 누구나 읽을 수 있습니다. 쓰려면 로그인하세요.
board-posts = 등록된 글 (최신순)
board-by = 작성자: { $author }
board-delete = 삭제
board-delete-post = { $number }번 글 삭제
board-none = 아직 등록된 글이 없습니다.
board-empty = 내용을 입력해 주세요.
board-too-long = 500자까지만 쓸 수 있습니다.

# 계정
account-title = 계정
account-who = { $user } 계정으로 로그인했습니다.
account-to-password = 비밀번호 변경
account-sessions = 로그인된 브라우저
account-sessions-what = 한 줄이 로그인한 세션 하나입니다. 모르는 브라우저가 있으면 로그아웃시키고 비밀번호를 변경하세요.
account-sessions-go-on = 이 서버에서는 세션 목록을 볼 수 없고, 다른 브라우저의 세션을 종료할 수도 없습니다. 브라우저마다 직접 로그아웃하세요.
account-copies-go-on = 이 서버에서는 복사한 쿠키를 무효화할 수 없습니다. 다른 사람이 이 브라우저의 쿠키를 복사해 갔다면, 로그아웃하거나 비밀번호를 변경해도 그 쿠키가 만료될 때까지 로그인이 유지됩니다.
account-here = 이 브라우저, { $browser }, { $time }
account-elsewhere = { $browser }, { $time }
account-browser-on = { $system }의 { $browser }
account-browser-unknown = 알 수 없는 브라우저
account-now = 지금
account-end-here = 로그아웃
account-end-here-line = 로그아웃: { $line }
account-end = 로그아웃시키기
account-end-line = 로그아웃시키기: { $line }
account-end-others = 다른 기기에서 모두 로그아웃
account-end-others-what = ‘다른 기기에서 모두 로그아웃’ 버튼을 누르면 이 브라우저의 세션 ID도 재발급합니다. 다른 사람이 이 브라우저의 쿠키를 복사해 갔더라도 위 목록에는 나타나지 않지만, 버튼을 누른 뒤에는 그 쿠키를 쓸 수 없습니다.
account-more = 세션 { $number }개는 표시하지 않았습니다.
account-session-ended = 해당 세션을 종료했습니다.
account-others-ended = 다른 세션을 모두 종료했습니다. 이 브라우저의 세션 ID도 재발급했으므로, 복사해 둔 이전 쿠키는 더 이상 쓸 수 없습니다.
account-password-changed = 비밀번호를 변경하고 다른 세션을 모두 종료했습니다. 이 브라우저의 세션 ID도 재발급했으므로, 복사해 둔 이전 쿠키는 더 이상 쓸 수 없습니다.
account-password-changed-others-go-on = 비밀번호를 변경했습니다. 이 서버는 다른 브라우저의 세션을 종료할 수 없으므로, 다른 브라우저에서는 직접 로그아웃할 때까지 로그인이 유지됩니다.
account-password-changed-others-unknown = 비밀번호는 변경했지만 다른 세션을 모두 종료하지는 못했습니다. 아래 목록에서 종료하세요.
password-title = 비밀번호 변경
password-old = 현재 비밀번호
password-new = 새 비밀번호
password-send = 변경
password-wrong = 현재 비밀번호가 올바르지 않습니다.
password-others-end = 변경하면 이 브라우저에서는 로그인이 유지되고, 다른 곳에서는 모두 로그아웃됩니다. 이 브라우저의 쿠키를 복사해 둔 사람도 로그아웃됩니다.
password-others-go-on = 변경해도 이 브라우저와 다른 브라우저에서 모두 로그인이 유지됩니다. 이 서버는 다른 브라우저의 세션을 종료할 수 없습니다.

# 회원가입
signup-title = 회원가입
signup-errors = 입력 내용을 확인해 주세요
signup-all-required = 모든 항목을 입력해야 합니다.
signup-userid = 아이디
signup-userid-hint = 문자와 숫자, @ . + - _ 기호
signup-real-name = 이름
signup-email = 이메일
signup-password1 = 비밀번호
signup-password-hint = 8자 이상이어야 합니다. 숫자만 쓰거나 이름과 비슷하게 만들 수는 없습니다.
signup-password2 = 비밀번호 확인
signup-password2-hint = 오타를 막기 위해 한 번 더 입력합니다.
signup-send = 가입하기
signup-required = 필수 항목입니다.
signup-userid-characters = 문자와 숫자, @ . + - _ 기호만 쓸 수 있습니다.
signup-userid-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-userid-mixed = 여러 문자 체계의 글자가 섞여 있습니다. 한 가지 문자만 쓰세요. 한글, 한자, 가나는 로마자와 함께 쓸 수 있습니다.
signup-userid-taken = 이미 사용 중인 아이디입니다. 다른 아이디를 입력해 주세요.
signup-passwords-differ = 두 비밀번호가 서로 다릅니다.
signup-password-too-short = { $limit }자 이상 입력해 주세요.
signup-password-all-digits = 숫자만으로는 만들 수 없습니다.
signup-password-too-similar = { $field ->
    [userid] 아이디와
    [real_name] 이름과
    [email] 이메일과
   *[other] 다른 값과
} 너무 비슷합니다.
signup-password-too-common = 많은 사람이 쓰는 쉬운 비밀번호입니다.
signup-password-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-email-implausible = 이메일 형식이 올바르지 않습니다.
signup-email-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-real-name-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-real-name-characters = 이름에는 눈에 보이는 글자가 있어야 하고, 줄 바꿈이나 제어 문자는 쓸 수 없습니다.
signup-done-title = 가입 완료
signup-done-welcome = { $name }님, 환영합니다!
signup-done-what = 회원가입 뷰가 세션에 저장한 값 세 개를 이 뷰가 다시 읽었습니다.

# 장바구니
cart-title = 장바구니
cart-whose-user = { $user }님의 장바구니
cart-whose-nobody = 로그인하지 않은 상태입니다.
cart-product = 상품
cart-count = 수량
cart-sum = 금액
cart-price = { $price }원
cart-total = 합계
cart-nothing = 장바구니가 비어 있습니다.
cart-gone = 판매가 종료된 상품: { $items }
cart-products = 상품
cart-add = 담기
cart-add-product = { $product } 담기
cart-remove = 삭제
cart-remove-product = { $product } 삭제
cart-empty = 장바구니 비우기

# 잘못된 경우
status-routes = 이 레슨의 경로
status-method = 메서드
status-path = 경로
status-cover = 레슨 첫 화면으로
status-again = 새로고침
status-403-title = 요청이 거부되었습니다
status-403-what = 이 서버의 페이지가 아닌 곳에서 보낸 폼입니다. 변경된 내용은 없습니다.
status-403-next = 이 서버의 페이지를 열고 그 페이지의 폼으로 다시 보내세요.
status-403-own-what = 다른 사용자의 것입니다. 변경된 내용은 없습니다.
status-403-own-next = 작성자만 할 수 있습니다. 뒤로 돌아가세요.
status-404-title = 페이지가 없습니다
status-404-what = 이 레슨에는 그런 페이지가 없습니다.
status-404-next = 각 경로는 아래에 적힌 메서드에만 응답합니다.
status-409-title = 세션이 변경되었습니다
status-409-what = 이 요청을 처리하는 동안 같은 브라우저에서 로그인하거나 로그아웃했습니다. 이 요청으로 변경된 내용은 없습니다.
status-409-next = 뒤로 돌아가 페이지를 새로고침한 다음 다시 시도하세요.
status-413-title = 내용이 너무 큽니다
status-413-what = 보낸 내용이 이 서버에서 받을 수 있는 크기를 넘습니다. 변경된 내용은 없습니다.
status-413-next = 뒤로 돌아가 내용을 줄여서 다시 보내세요.
status-413-session-what = 저장하면 세션이 허용된 크기를 넘습니다. 변경된 내용은 없습니다.
status-413-session-next = 뒤로 돌아가 내용을 줄여 주세요. 계속 늘어나는 데이터는 세션이 아니라 테이블에 저장해야 합니다.
status-422-title = 입력 내용을 확인해 주세요
status-422-what = 보낸 내용의 형식이 이 페이지의 폼과 다릅니다. 변경된 내용은 없습니다.
status-422-next = 뒤로 돌아가 페이지를 새로고침한 다음 폼을 다시 입력하세요.
status-429-title = 비밀번호를 너무 많이 틀렸습니다
status-429-what = 이 IP 주소에서 이 아이디의 비밀번호를 여러 번 틀렸으므로 이번에는 확인하지 않았습니다.
status-429-next = { $wait } 뒤에 다시 시도하세요. 또 틀리면 더 오래 기다려야 합니다.
status-500-title = 프로그램에 오류가 있습니다
status-500-what = 서버에서 예상하지 못한 오류가 발생했습니다. 그 뒤로 변경된 내용은 없습니다.
status-500-next = 자세한 내용은 터미널에 출력됩니다. 뒤로 돌아가 다시 시도하세요.
status-503-title = 잠시 후 다시 시도해 주세요
status-503-what = 서버가 지금은 응답할 수 없습니다. 저장하지 못한 내용은 변경되지 않았습니다.
status-503-next = 몇 초 기다린 다음 다시 시도하세요.
status-other-title = 처리하지 못했습니다
status-other-what = 서버가 요청을 처리할 수 없습니다.
status-other-next = 뒤로 돌아가 페이지를 새로고침한 다음 다시 시도하세요.

# 터미널
terminal-open = 주소
terminal-tls = 브라우저 경고
terminal-tls-why = 인증 기관이 보증하지 않는 인증서라는 경고가 나옵니다. 이 컴퓨터에서 직접 만든 인증서이므로 여기서는 계속 진행해도 됩니다.
terminal-tls-chrome = Chrome, Edge: 고급 → …(안전하지 않음)(으)로 이동
terminal-tls-firefox = Firefox: 고급… → 위험을 감수하고 계속
terminal-tls-safari = Safari: 세부사항 보기 → 이 웹 사이트 방문
terminal-users = 사용자
terminal-try = 해 보기
terminal-next = 다음
terminal-last = 마지막 레슨입니다.
terminal-stop = 종료
terminal-second = 두 번째 서버
terminal-no-session-layer = 세션 미들웨어 없음
terminal-not-asked = 세션 사용 안 함

# 세션 미들웨어가 한 일
event-no-session-id = 세션 ID 없음
event-cookies-dropped = 헤더를 읽을 수 없어 쿠키 무시
event-doubled = 세션 ID 여러 개: 모두 무시
event-foreign = 다른 프로그램의 쿠키: 그대로 둠
event-unknown = 세션 { $locker } 없음
event-unreadable = 세션 { $locker } 읽기 실패
event-unopened = 봉인된 세션 검증 실패
event-expired = 세션 { $locker } 만료
event-superseded = 세션 { $locker } 이전 ID
event-found = 세션 { $locker }
event-unsealed = 세션 { $locker }, 쿠키에서 읽음
event-anonymous = 비로그인
event-user = { $user }
event-user-gone = { $user } (사용자 없음)
event-set = { $key } 저장
event-logged-in = { $user } 로그인
event-popped = { $key } 삭제
event-logged-out = { $user } 로그아웃
event-cleared = 데이터 비움
event-flushed = 세션 전체 삭제
event-rotation-asked = 세션 ID 재발급 요청
event-expiry-set = 유지 기간 지정
event-updated = { $key } 수정
event-created = 세션 { $locker } { $sealed ->
    [true] 생성(쿠키에 저장)
   *[false] 생성
}
event-committed = 버전 { $version }, { $tries }번째 시도
event-rotated = 세션 ID 재발급, 행 { $locker } 그대로
event-ended = 세션 { $locker } { $sealed ->
    [true] 쿠키에서 삭제
   *[false] 삭제
}
event-returned = 첫 재방문
event-touched = 유지 기간 연장
event-vanished = 세션이 먼저 삭제됨: 변경 취소
event-dropped = 오류 페이지: 변경 취소
event-skipped = HEAD 요청: 변경 취소
event-failed = 실패: { $reason }
event-cookie-sent = 쿠키 전송
event-cookie-removed = 쿠키 삭제

# 세션 미들웨어가 한 일을 문장으로 (X-ray)
did-no-session-id = 요청에 세션 ID가 없습니다.
did-cookies-dropped = 쿠키가 왔지만 헤더가 UTF-8이 아닙니다. Rocket은 이런 헤더를 통째로 무시하므로 세션 ID를 읽지 못했습니다. 이 호스트에 다른 프로그램이 설정한 쿠키를 삭제하세요.
did-doubled = 유효한 세션 ID가 여러 개 왔습니다. 어느 것이 이 브라우저의 세션인지 알 수 없으므로 모두 무시합니다. 이 호스트에서 세션 쿠키와 이름이 같은 쿠키를 모두 삭제한 뒤 다시 로그인하세요.
did-foreign = 세션 쿠키의 값이 이 서버에서 발급한 세션 ID가 아닙니다. 같은 호스트의 다른 프로그램이 설정한 쿠키이므로(포트는 상관없습니다) 그대로 둡니다. 방해가 되면 그 쿠키를 삭제하세요.
did-unknown = 이 세션 ID({ $locker })에 해당하는 행이 없습니다.
did-unreadable = 행({ $locker })을 읽을 수 없어 세션을 사용할 수 없습니다. 이유는 로그에 있습니다.
did-unopened = 봉인된 세션이 왔지만 검증에 실패했습니다. 내용이 바뀌었거나 다른 키로 봉인한 세션입니다.
did-expired = 세션({ $locker })이 만료되었습니다.
did-superseded = 방금 세션({ $locker })의 ID를 재발급했고, 이 요청에는 이전 ID가 담겨 있습니다.
did-found = 세션 ID로 행({ $locker })을 찾았습니다.
did-unsealed = 쿠키 안에 세션({ $locker })이 통째로 들어 있습니다.
did-anonymous = 로그인하지 않은 사용자입니다.
did-user = 사용자: { $user }
did-user-gone = 세션에는 ‘{ $user }’ 아이디가 남아 있지만, 데이터베이스에는 그런 사용자가 없습니다.
did-set = { $key } 키를 저장했습니다.
did-logged-in = { $user } 사용자가 로그인했습니다.
did-popped = { $key } 키를 삭제했습니다.
did-logged-out = { $user } 사용자가 로그아웃했습니다.
did-cleared = 데이터를 모두 비웠습니다. 행은 그대로 남습니다.
did-flushed = 세션 전체를 삭제합니다. 행이나 쿠키가 있으면 함께 삭제됩니다.
did-rotation-asked = 세션 ID를 재발급하도록 요청했습니다.
did-expiry-set = 유지 기간을 지정했습니다.
did-updated = { $key } 키를 읽고 수정해 한 번에 저장했습니다.
did-created = { $sealed ->
    [true] 세션({ $locker })을 만들었습니다. 쿠키에만 있고 서버에는 저장하지 않습니다.
   *[false] 행({ $locker })을 만들었습니다.
}
did-committed = 다른 요청이 먼저 저장해서 { $tries }번째 시도에 저장했습니다.
did-rotated = 세션 ID를 재발급했습니다. 행({ $locker })은 그대로입니다.
did-ended = { $sealed ->
    [true] 브라우저의 쿠키에서 세션({ $locker })을 삭제합니다. 쿠키를 복사해 두었다면 그 사본으로는 여전히 로그인됩니다.
   *[false] 행({ $locker })을 삭제했습니다.
}
did-returned = 브라우저가 이 세션 ID를 처음으로 다시 보냈으므로, 이제부터 행을 유지 기간이 끝날 때까지 보관합니다.
did-touched = 유지 기간을 연장했습니다.
did-vanished = 그사이 세션이 삭제되어 변경 내용을 저장하지 않았습니다.
did-dropped = 응답이 오류 페이지이므로 변경 내용을 저장하지 않았습니다.
did-skipped = HEAD는 헤더만 받는 요청이므로 변경 내용을 저장하지 않았습니다.
did-failed = 실패했습니다: { $reason }
did-cookie-sent = { $sealed ->
    [true] 세션 전체가
   *[false] 세션 ID가
} 담긴 쿠키를 보냅니다.
did-cookie-removed = 브라우저의 쿠키를 삭제하도록 응답합니다.

# X-ray
xray-title = X-ray
xray-motto = 평소에는 보이지 않는 것
xray-all = 모든 요청을 실시간으로 보기
xray-page-what = 요청마다 브라우저가 보낸 것, 주고받은 메시지, 서버에 저장된 것을 보여 줍니다. 최신 요청이 맨 위에 있습니다. 옆 창에 레슨을 열어 두고 보세요.
xray-requests = 요청 (최신순)
xray-empty = 아직 요청이 없습니다.
xray-since = 이후의 요청
xray-news = 새 요청:
xray-anew = 서버가 재시작되어 기록도 새로 시작합니다.
xray-lost = 서버가 응답하지 않습니다. 계속 다시 연결합니다.
xray-find = 세션 조회
xray-decide = 사용자 확인
xray-change = 세션 변경
xray-tell = 쿠키 전송
xray-nothing = 없음
xray-first-try = 재시도 없이 저장했습니다.
xray-not-asked = 이 뷰는 세션을 사용하지 않습니다.
xray-no-layer = 이 레슨에는 세션 미들웨어가 없습니다.
xray-cannot-know = 세션이 없어 누가 요청했는지 알 수 없습니다.
xray-somebody = 알 수 없는 사용자
xray-browser = 브라우저
xray-no-cookies = 브라우저가 보낸 쿠키가 없습니다.
xray-nobody-reads = 다른 레슨에서 남은 쿠키입니다. 이 레슨에서는 읽지 않습니다.
xray-keeps-itself = 서버가 아니라 브라우저에 값이 저장됩니다.
xray-not-ours = 다른 프로그램의 쿠키입니다.
xray-attributes = 속성
xray-attributes-unknown = 알 수 없습니다. 브라우저는 속성을 보내지 않고, 이 서버는 시작한 뒤로 이 쿠키를 보낸 적이 없습니다.
xray-wire = 주고받은 메시지
xray-request = 요청
xray-response = 응답
xray-cut = 여기서부터 생략: 나머지는 볼 수 없습니다
xray-server = 서버
xray-row = 행 { $locker }…
xray-home-database = 데이터베이스의 행.
xray-home-database-what = 디스크에 저장되므로 서버를 재시작해도 남습니다.
xray-home-cache = 서버 프로그램의 메모리.
xray-home-cache-what = 서버를 종료하면 모든 세션이 사라집니다.
xray-home-file = 파일.
xray-home-file-what = 디스크에 저장되므로 서버를 재시작해도 남습니다.
xray-home-redis = Redis.
xray-home-redis-what = 별도의 프로그램에 저장되므로 여러 서버가 같은 세션을 공유합니다.
xray-home-cookie = 저장하지 않음.
xray-home-cookie-what = 세션 전체가 브라우저의 쿠키에 들어 있습니다.
xray-row-file = 파일 { $locker }…
xray-row-cookie = 쿠키에 담긴 내용, 세션 { $locker }…
xray-row-more = 행의 다른 열
xray-cookie-more = 쿠키의 다른 값
xray-row-none = 요청에 세션이 없어 보여 줄 행이 없습니다.
xray-row-gone = 행을 삭제했습니다.
xray-row-over = 행은 아직 있지만 만료되어 쓸 수 없습니다.
xray-not-looked = 뷰가 세션을 사용하지 않아 조회하지 않았습니다.
xray-looked-itself = 뷰는 세션을 사용하지 않았습니다. 이 내용은 X-ray가 따로 조회한 것입니다.
xray-opens-none = 이 세션 ID에 해당하는 행이 없습니다.
xray-only-forgotten = 서버에는 삭제할 것이 없어 브라우저의 쿠키만 삭제합니다.
xray-no-answer = 저장소가 응답하지 않았습니다.
xray-time = 서버의 시계:
xray-time-ahead = { $time } 앞섬
xray-time-hour = +1시간
xray-time-day = +1일
xray-time-weeks = +2주
xray-time-now = 현재 시각으로 되돌리기
xray-time-what = 서버의 시계만 바뀝니다. 브라우저는 자기 시계를 쓰므로, 서버에서 이미 만료된 쿠키를 계속 보낼 수 있습니다.
xray-mark-new = 추가
xray-mark-changed = 변경
xray-mark-gone = 삭제
xray-mark-again = 재전송

# 레슨을 시작할 수 없는 경우
lessons-broken = 레슨 목록을 읽을 수 없습니다. { $place }: { $reason }
lessons-unreadable = { $about }
lessons-field-missing = { $about } 값이 없습니다.
lessons-field-unknown = { $about } 필드는 쓸 수 없습니다.
lessons-empty = ‘{ $about }’ 값이 비어 있습니다.
lessons-name = 파일 이름은 ‘lesson’ 뒤에 두 자리 숫자를 붙입니다. a나 b는 짝을 이루는 두 프로그램(.rs)에만 붙입니다.
lessons-twice = 레슨 { $about }에 이미 쓰인 번호입니다.
lessons-missing = 이 이름의 일반 파일이 없습니다.
lessons-base = `base`에는 앞선 레슨의 번호를 적어야 합니다. ‘{ $about }’ 값은 쓸 수 없습니다.
lessons-start = `start`에는 ‘/login’처럼 /로 시작하는 주소를 적어야 합니다. ‘{ $about }’ 값은 쓸 수 없습니다.
lessons-none = 이 폴더에 레슨이 없습니다.
start-lesson = { $number } 레슨은 없습니다. app("…")에 적은 번호를 확인하세요.
start-configuration = 설정을 쓸 수 없습니다: { $reason }
start-database = 레슨을 시작할 수 없습니다: { $reason }. 그 폴더에 쓰기 권한이 있는지 확인하세요. 이 강좌의 것이 아닌 파일은 다른 곳으로 옮기면 다음에 시작할 때 새로 만듭니다.
start-newer-database = 레슨을 시작할 수 없습니다: { $file } 파일은 이 강좌의 더 새로운 버전에서 만들었습니다. 강좌를 업데이트하거나 그 파일을 다른 곳으로 옮기세요. 다음에 시작할 때 새로 만듭니다.
start-template-folder = 템플릿 폴더 { $folder }: 쓸 수 없습니다({ $reason }). 프로젝트 폴더에서 레슨을 시작하세요.
start-template-missing = 템플릿 { $file } 파일이 없습니다. 다음 명령으로 복구할 수 있습니다: git checkout -- templates
start-template = 템플릿 { $file }: 읽을 수 없습니다({ $reason }).
start-hole = 이 프로그램에는 취약점이 일부러 남아 있어 이 컴퓨터에서만 실행할 수 있습니다. Rocket.toml이나 환경 변수 ROCKET_ADDRESS에 설정한 주소 { $address } 값을 지우거나 127.0.0.1로 바꾸세요.
start-port-in-use = 포트 { $port }번을 이미 쓰고 있습니다. 다른 레슨이 아직 실행 중인가요? Ctrl+C로 종료하거나 다른 포트를 쓰세요: { $command }
start-last-port = 65535번 다음 포트가 없어서 두 번째 서버를 실행할 수 없습니다. 두 서버 모두 더 작은 포트로 실행하세요: { $command }
start-certificate = https용 키와 인증서가 담긴 { $file } 파일을 사용할 수 없습니다: { $reason }
start-address = { $address }에서 요청을 받을 수 없습니다: { $reason }

# 연습 문제
exercise-title = { $number ->
    [end] 마무리 연습
   *[other] 연습 { $number }
}
exercise-which = ‘{ $named }’ 연습 문제는 없습니다. 있는 연습 문제: { $numbers }
exercise-edit = { $file } 파일에서 수정할 곳: { $views }
exercise-kept = 이전에 풀던 코드는 { $file } 파일에 보관했습니다.
exercise-reset = { $file } 파일을 처음 상태로 되돌리고 힌트도 닫았습니다.
exercise-serve = 브라우저에서 직접 실행하기
exercise-check = 채점하기
exercise-hint = 막혔을 때 힌트 보기
exercise-anew = 처음부터 다시 풀기
exercise-hints = 힌트
exercise-no-hint-yet = 아직 연 힌트가 없습니다. 먼저 직접 풀어 보세요.
exercise-hint-number = 힌트 { $number }
exercise-next-hint = 힌트 { $number }/{ $all }: { $command }
exercise-no-hint = 힌트를 모두 보았습니다. 정답 보기: { $command }
exercise-same = 작성한 코드가 정답과 똑같습니다.
exercise-solved = 정답입니다.
exercise-was-shown = 정답을 본 뒤에 푼 문제입니다.
exercise-wait = { $from }~{ $to }단계는 이 단계를 통과한 뒤에 채점합니다.
exercise-rest = 나머지 { $number }단계는 이 단계를 통과한 뒤에 채점합니다.
exercise-waits = { $from }단계는 이 단계를 통과한 뒤에 채점합니다.
exercise-panicked = 뷰에서 패닉이 발생했습니다: { $panic }
exercise-ended-in-panic = 패닉 때문에 프로그램이 종료되었습니다: { $panic }
exercise-ended = 프로그램이 응답하기 전에 종료되었습니다. { $panic }
exercise-silent = 프로그램이 10초 동안 응답하지 않아 종료했습니다. 끝나지 않는 반복문이 있거나 오지 않을 값을 기다리고 있지 않나요?
exercise-unstarted = 프로그램을 시작하지 못했습니다: { $panic }. 같은 연습을 다른 터미널에서 채점하는 중이라면 다시 채점해 보세요.
exercise-passed = 레슨 { $lesson }: { $steps }단계 모두 통과
exercise-touched = 프로그램이 실행되는 동안 강좌의 파일이 바뀌었습니다({ $file }). 내 코드에서 바꾼 것이라면 그 코드를 삭제하고 다음 명령으로 복구하세요: git checkout -- { $file }
exercise-not-noted = 진도를 기록하지 못했습니다: { $reason }
exercise-watched = { $file } 파일이 바뀌면 다시 채점합니다. 끝내려면 Ctrl+C를 누르세요.
exercise-progress = 마지막 채점: { $steps }단계 중 { $passed }단계 통과
exercise-unchecked = 아직 채점하지 않았습니다: { $command }
miss-status = 응답 상태 코드: 예상 { $expected }, 실제 { $found }
miss-place = 리다이렉트 주소: 예상 { $expected }, 실제 { $found }
miss-text = 페이지에 “{ $expected }” 문구가 없습니다(페이지 제목: “{ $found }”).
miss-predicted = 내 예측: “{ $found }”, 실제 결과: “{ $expected }”
miss-field = 입력란의 값: 예상 “{ $expected }”, 실제 “{ $found }”
miss-asking = 요청한 사용자: 예상 { $expected }, 실제 { $found }
miss-cookie = 세션 쿠키: 예상 { $expected ->
    [new] 새 쿠키
    [same] 그대로
    [gone] 삭제됨
   *[none] 없음
}, 실제 { $found ->
    [new] 새 쿠키
    [same] 그대로
    [gone] 삭제됨
   *[none] 없음
}
miss-row = 세션 데이터: 예상 { $expected ->
    [none] 없음
   *[other] { $expected }
}, 실제 { $found ->
    [none] 없음
   *[other] { $found }
}
compile-await = `.await`가 빠진 것 같습니다. async 함수는 결과를 await하기 전에는 실행되지 않습니다. RUST.ko.md 파일의 ‘빠진 .await’ 항목을 보세요.
compile-other = 메시지의 첫 줄과 그 아래에 나오는 내 코드를 보세요. 첫 주에 자주 만나는 오류와 Rust 표기는 RUST.ko.md 파일에 있습니다.
compile-elsewhere = 오류가 난 곳은 { $file } 파일이 아닙니다. 프로젝트의 다른 파일이 바뀌었습니다. `git status` 명령으로 확인해 보세요.
compile-e0308 = E0308: 값의 타입이 그 자리에 필요한 타입과 다릅니다. 위 메시지의 expected와 found를 비교해 보세요. `Option`이나 `&`가 빠졌거나 더 붙었을 수 있습니다. RUST.ko.md 파일의 E0308 항목을 보세요.
compile-e0382 = E0382: 이미 소유권을 넘긴 값을 다시 사용했습니다. `&`로 빌려주거나, 넘기기 전에 사용하세요. RUST.ko.md 파일의 E0382 항목을 보세요.
compile-e0425 = E0425, E0433: 그런 이름을 찾을 수 없습니다. 철자가 맞는지, 파일 위쪽에 필요한 `use` 줄이 있는지 확인해 보세요. RUST.ko.md 파일의 E0425 항목을 보세요.
compile-e0277 = E0277: 이 타입으로는 할 수 없는 일입니다. 예를 들어 `?`는 `Result` 값에, `Answer`를 돌려주는 뷰 안에서 쓸 수 있습니다. RUST.ko.md 파일의 E0277 항목을 보세요.
compile-e0369 = E0369: 이 타입의 값에는 그 연산자를 쓸 수 없습니다. 값이 아직 `Option` 안에 들어 있지 않나요? RUST.ko.md 파일의 E0369 항목을 보세요.
compile-e0599 = E0599: 이 타입에는 그런 메서드가 없습니다. 철자를 확인하고, 값이 아직 `Option` 안에 들어 있지 않은지 살펴보세요. RUST.ko.md 파일의 E0599 항목을 보세요.

## 연습 14
grid-title = 내 예측
grid-stops = 공격을 막습니다.
grid-passes = 공격을 막지 못합니다.

## mallory의 사이트
mallory-title = mallory의 사이트
mallory-attacks = 레슨을 공격하는 페이지
mallory-lead = 레슨마다 페이지가 하나 있고, 공격마다 버튼이 하나 있습니다. 버튼 아래에 그 코드를 그대로 보여 줍니다.
mallory-limits = 모든 일은 이 컴퓨터 안에서만 일어납니다. 이 사이트는 127.0.0.1에서만 요청을 받고, 레슨의 포트 말고는 아무것도 공격하지 않습니다. 종료하면 가져간 값도 사라집니다.
mallory-address = mallory의 사이트: { $address } (레슨의 포트: { $lesson }). Ctrl+C로 종료합니다.
mallory-port-in-use = 포트 { $port }번을 이미 쓰고 있습니다. mallory의 사이트가 아직 실행 중인가요? Ctrl+C로 종료하거나 다른 포트를 쓰세요: { $command }
mallory-no-port = { $text }: 포트 번호가 아닙니다. 레슨의 포트는 다음과 같이 적습니다: cargo run --bin mallory -- 8001
mallory-topic-12 = 세션 고정 공격
mallory-topic-13 = 다른 페이지의 폼(CSRF)
mallory-topic-14 = 쿠키 탈취와 쿠키 속성
mallory-topic-15 = 재전송 공격과 모든 기기에서 로그아웃
mallory-running = 포트 { $port }번에서 { $lesson } 실행 중.
mallory-running-none = 포트 { $port }번에서 응답하는 레슨이 없습니다. 다른 터미널에서 레슨을 실행하세요.
mallory-running-other = 포트 { $port }번에서 { $lesson } 실행 중. 이 페이지는 레슨 { $wanted }의 페이지입니다. 실행 중인 레슨을 종료하고 다음 명령을 실행하세요.
mallory-running-elsewhere = 레슨이 다른 포트에서 실행 중이라면 이 페이지의 주소 끝에 다음을 붙이세요.
mallory-back = 레슨으로 이동
mallory-here = 지금 보는 페이지
mallory-host-neighbour = 레슨과 호스트 이름은 같고 포트만 다릅니다.
mallory-host-other = 같은 컴퓨터이지만 호스트 이름이 달라 브라우저에는 다른 사이트입니다.
mallory-host-below = shop.localhost의 서브도메인: 쿠키를 하나 더 심을 때 씁니다.
mallory-host-shop = 레슨과 같은 호스트 이름, 다른 포트: 세션 ID를 가져가거나 심을 때 씁니다.
mallory-only = 호스트 이름이 { $host }인 이 페이지에서는 효과가 없습니다. 쿠키는 호스트 이름마다 따로 저장되므로, { $lesson }의 쿠키는 여기로 오지 않고 여기서 설정한 쿠키는 그곳으로 가지 않습니다. 다음 주소로 여세요:
mallory-only-toss = 호스트 이름이 { $host }인 이 페이지에서는 효과가 없습니다. 서버는 자기 호스트와 그 상위 도메인에만 쿠키를 설정할 수 있는데, 이 호스트는 shop.localhost의 서브도메인이 아닙니다. 다음 주소로 여세요:
mallory-answer = mallory 서버의 응답:
mallory-button-note = 이 브라우저의 세션 ID 가져가기
mallory-button-plant = 가져간 세션 ID 심기
mallory-button-board = 눌러 보세요
mallory-button-toss = 두 번째 쿠키 심기
mallory-button-script = 게시판에 올릴 스크립트
mallory-see-note = 브라우저가 보낸 세션 ID를 mallory의 서버가 저장합니다. 앞 글자 몇 개를 레슨의 X-ray에 나온 값과 비교해 보세요.
mallory-see-plant = 누른 다음 이 창에서 레슨을 열고, 브라우저가 이제 어떤 세션 ID를 보내는지 X-ray에서 확인해 보세요.
mallory-see-board = 폼은 레슨으로 전송됩니다. 응답이 어느 페이지로 이어지는지, 게시판에 누구 이름으로 글이 올라갔는지 확인해 보세요.
mallory-see-toss = 가져간 세션 ID를 상위 도메인의 쿠키로 설정합니다. 세션을 열 수 없는 값은 레슨에서 무시하므로 먼저 mallory 자신의 세션 ID를 가져가세요. 누른 다음 브라우저에 어떤 쿠키가 있는지 개발자 도구(애플리케이션 → 쿠키)에서 확인하고, 이 창에서 레슨을 열어 보세요.
mallory-see-script = 복사해서 게시판에 글로 올립니다. 레슨의 페이지에 HTML로 출력되면 실행됩니다. 읽을 수 있는 쿠키를 여기로 보내고, 그중에 세션 ID가 없으면 그 페이지를 보는 사용자의 이름으로 글을 올립니다.
mallory-loot = 스크립트가 보낸 세션 ID: { $id }
mallory-loot-none = 스크립트가 보낸 세션 ID가 아직 없습니다. 누군가 게시판을 본 뒤에 이 페이지를 새로고침하세요.
mallory-said-noted = 가져간 세션 ID: { $id }
mallory-said-none = 이 브라우저가 보낸 세션 ID가 없습니다. 먼저 이 창에서 레슨을 열고, 로그인하거나 장바구니에 상품을 담아 세션을 만드세요.
mallory-said-planted = 이 브라우저에 보낸 세션 ID: { $id }
mallory-said-nothing = 가져간 세션 ID가 아직 없어서 아무것도 보내지 않았습니다.
mallory-said-tossed = 이 브라우저에 보낸 두 번째 쿠키: shop.localhost 전체에 쓰이며 값은 세션 ID { $id }
mallory-facts = 결과가 다르게 나왔다면 (직접 해 본 뒤에 읽어 보세요)
mallory-fact-12-windows = 시크릿 창의 쿠키는 일반 창과 따로 저장되고, 시크릿 창끼리는 같은 쿠키를 씁니다. 한쪽 창에서 세션 ID를 가져가고 다른 쪽 창에 심으세요.
mallory-fact-12-third = 서드 파티 쿠키를 차단해도 결과는 같습니다. 버튼을 누르면 주소창에 mallory의 페이지가 열려 있으므로, 이 페이지의 쿠키는 서드 파티 쿠키가 아닙니다. Chromium에서 확인했습니다.
mallory-fact-12-browsers = 쿠키가 포트를 구별하지 않는다는 것은 표준에 있습니다(RFC 6265, 8.5절). Chromium에서 확인했고, Firefox와 Safari에서는 확인하지 않았습니다.
mallory-fact-13-third = 서드 파티 쿠키를 차단해도 결과는 같습니다. 127.0.0.1의 폼을 localhost로 보낼 때는 차단하지 않아도 Strict나 Lax 쿠키가 전송되지 않기 때문입니다. Chromium에서 확인했습니다.
mallory-fact-13-default = 레슨의 쿠키에는 SameSite가 명시되어 있습니다. SameSite가 없는 쿠키를 Chromium은 Lax로 처리하지만 처음 2분 동안은 전송합니다. Firefox에서는 Lax를 기본값으로 쓰는 설정(network.cookie.sameSite.laxByDefault)이 꺼져 있습니다. Safari는 확인하지 못했습니다.
mallory-fact-13-browsers = 포트가 달라도 같은 사이트라는 것은 표준에 있습니다(RFC 6265bis, 5.2절). Chromium에서 확인했고, Firefox와 Safari에서는 확인하지 않았습니다.
mallory-fact-14-names = Chromium과 Firefox 84 이상은 .localhost로 끝나는 이름을 모두 이 컴퓨터로 연결합니다. Safari는 macOS 26부터 그렇습니다(WebKit 개발자의 설명이며 확인하지 않았습니다). 그 이전 버전에서는 /etc/hosts에 127.0.0.1 shop.localhost evil.shop.localhost 줄을 추가하세요.
mallory-fact-14-secure = 지금까지의 Safari는 http로는 localhost에도 Secure 쿠키를 보내지 않습니다(WebKit 버그 281149, 확인하지 않았습니다). 그래서 Secure나 __Host- 쿠키를 쓰면 로그인이 유지되지 않습니다. Chromium이나 Firefox를 쓰세요.
mallory-fact-14-two = 이름이 __Host-로 시작하는 쿠키에 Domain을 쓸 수 없다는 것은 표준에 있습니다(RFC 6265bis). Chromium에서 확인했고, Firefox와 Safari에서는 확인하지 않았습니다. 두 번째 쿠키를 없애려면 개발자 도구에서 shop.localhost의 쿠키를 삭제하세요.
mallory-fact-15-windows = 시크릿 창의 쿠키는 일반 창과 따로 저장되고, 시크릿 창끼리는 같은 쿠키를 씁니다. 한쪽 창에서 세션 ID를 가져가고 다른 쪽 창에 심으세요.
mallory-fact-15-third = 서드 파티 쿠키를 차단해도 결과는 같습니다. 버튼을 누르면 주소창에 mallory의 페이지가 열려 있으므로, 이 페이지의 쿠키는 서드 파티 쿠키가 아닙니다. Chromium에서 확인했습니다.
