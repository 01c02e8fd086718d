# 모든 페이지
page-lesson = { $number ->
    [playground] 실습장
   *[other] 레슨 { $number }
}
page-skip = 본문으로 건너뛰기
page-navigation = 이 레슨의 페이지
page-languages = 언어
page-course = 웹 세션 수업
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
nav-who = 누가 요청하는가
nav-where = 세션을 두는 곳
nav-cookie = 쿠키
nav-account = 계정
nav-lifetime = 얼마나 오래
nav-visit = 방문
nav-rows = 행
nav-signup = 회원가입
nav-login = 로그인
nav-logout = 로그아웃

# 레슨
playground-title = 실습장
playground-idea = 마음껏 바꾸고 무슨 일이 일어나는지 살펴봅니다.

# 시나리오
actor-alice = 앨리스
actor-bob = 밥
actor-mallory = 맬러리
actor-stranger = 처음 온 사람
scenario-broken = { $place }: { $reason }
scenario-at = { $who }, { $at }의 브라우저에서
scenario-step = { $steps }단계 중 { $number }단계
scenario-right = 맞는 답:
scenario-wrong = 틀린 답:
scenario-your-answer = 고른 답:
scenario-no-cookie = 쿠키 없음
scenario-follows = 브라우저가 시키는 대로 이어서 요청
scenario-foreign = 다른 사이트의 페이지에서 보냄
scenario-closed = 브라우저를 닫았다가 다시 엶
scenario-restarted = 레슨을 멈췄다가 다시 시작함
scenario-restarted-with = 레슨을 멈췄다가 다시 시작함, 이제 engine = "{ $engine }"
scenario-copied = 개발자 도구에서 쿠키의 값을 복사함
scenario-pasted = 개발자 도구에서 복사한 값을 쿠키에 넣음
scenario-changed = 개발자 도구에서 쿠키의 내용을 고침: { $from } → { $to }
scenario-changed-cookie = 고친 { $cookie }
scenario-times = { $number }번, 매번 다른 브라우저에서. 마지막 것:
scenario-time = 시간이 지남: { $time }
scenario-page = 페이지
scenario-browser = 브라우저
scenario-row = 행
scenario-in-cookie = 열리는 것
scenario-kept = { $cookie }, { $time } 동안
scenario-kept-until-closed = { $cookie }, 브라우저를 닫을 때까지
scenario-no-row = { $session }의 행은 이제 없음
scenario-row-over = { $session } 기간이 끝남: 행은 있지만 효력이 없음
scenario-holds = 확인함: { $claims }
scenario-fails = { $claim }: 있어야 할 값 { $expected }, 실제 값 { $found }
subgoal-find = 세션 찾기
subgoal-decide = 누구인지 정하기
subgoal-change = 세션 바꾸기
subgoal-tell = 브라우저에 알리기
duration-days = { $number }일
duration-hours = { $number }시간
duration-minutes = { $number }분
duration-seconds = { $number }초

# 레슨의 인수와 데모
arguments-unknown = 알 수 없는 인수입니다: { $argument } (쓸 수 있는 인수: { $command } --help)
arguments-pace = --pace 뒤에 초를 적어야 합니다. 예: --pace 2s (쓸 수 있는 인수: { $command } --help)
arguments-usage = 실행 방법
arguments-serve = 레슨을 시작합니다
arguments-demo = 터미널에서 시나리오를 보여 줍니다. Enter를 누를 때마다 한 단계씩 나아갑니다
arguments-paced = 같은 데모가 2초마다 한 단계씩 나아갑니다
arguments-help = 이 도움말을 보여 줍니다
demo-live = 레슨이 따로 만든 데이터베이스로 { $address }에서 함께 실행됩니다. 실시간으로 보기: { $xray }
demo-enter = Enter: 계속 · Ctrl+C: 멈추기
demo-choose = 글자 하나 또는 Enter: 계속
demo-ends-well = 끝입니다. 모두 시나리오대로 되었습니다.
demo-ends-badly = 끝입니다. 시나리오와 다른 곳이 { $number }군데 있습니다.
demo-failed = 데모를 계속할 수 없습니다: { $reason }

# 명령
command-list = 레슨 목록과 지금 있는 곳
command-diff = 레슨이 바꾼 것과 그 까닭
command-demo = 레슨의 시나리오를 터미널에서 보여 줍니다
command-check = 모든 시나리오를 실행하고 맞지 않는 것을 알려 줍니다
command-reset = 사용자와 세션과 진도를 모두 지웁니다
command-sessions = 저장된 세션 목록. end --all을 붙이면 모든 세션을 종료합니다
command-clearsessions = 기간이 끝났거나 그때까지 끝날 세션을 지웁니다
command-unknown = ‘{ $name }’ 명령은 없습니다. 쓸 수 있는 명령: cargo run -- --help
command-unknown-meant = ‘{ $name }’ 명령은 없습니다. 혹시 이것입니까: { $meant }
command-which-lesson = ‘{ $named }’ 레슨은 없습니다. 있는 레슨: { $numbers }
command-failed = 하지 못했습니다: { $reason }
path-core = 기본 과정
path-further = 심화 과정
command-minutes = { $number }분
command-not-begun = –
command-under-way = { $steps }단계 중 { $done }단계
command-done = ✓ 마침
command-next = 다음
command-more = 그 밖에
command-diff-title = 레슨 { $lesson }: 레슨 { $base }에서 바뀐 것
command-diff-none = 이 레슨보다 앞선 것은 없습니다. 여기서 시작합니다.
command-checked = { $steps }단계, 확인 { $claims }개
command-check-claim = { $step }단계: { $claim }
command-reset-nothing = 아직 저장된 것이 없습니다.
command-reset-ask = 사용자, 세션, 진도가 모두 삭제됩니다({ $names }). 삭제할까요? [y/N]
command-reset-in-use = 삭제하지 않았습니다. 실행 중인 레슨이나 다른 프로그램에서 { $database } 파일을 사용하고 있습니다. 레슨을 실행한 터미널에서 Ctrl+C를 눌러 먼저 종료하세요.
command-reset-kept = 아무것도 지우지 않았습니다.
command-reset-done = 지웠습니다: { $names }
command-sessions-none = 저장된 세션이 없습니다.
command-sessions-in-memory = 세션이 실행 중인 레슨의 메모리에 있어서, 그 레슨만 읽고 지울 수 있습니다. /xray 페이지에서 볼 수 있습니다.
command-sessions-in-cookies = 세션은 브라우저마다 쿠키에 담겨 있습니다. 서버에는 저장된 세션이 없으므로 보여 주거나 삭제할 것도 없습니다. 모두 종료하려면 키 파일을 삭제하고 재시작하세요.
command-session-user = 사용자
command-session-keys = 키
command-session-created = 만든 때
command-session-touched = 쓴 때
command-session-expires = 끝나는 때
command-ended = 세션 { $number }개를 종료했습니다.
command-cleared = 기간이 끝난 세션을 { $number }개 지웠습니다.
time-now = 방금
time-ago = { $time } 전
time-ahead = { $time } 뒤
time-over = { $time } 전에 끝남

# 표지
cover-open = 열기
cover-users = 로그인할 수 있는 사용자
cover-users-what = 처음 시작할 때부터 있는 사용자입니다.
cover-further = 터미널에서
cover-further-what = Ctrl+C로 이 레슨을 멈춘 다음 입력합니다.
cover-next = 다음:
cover-previous = 이전:
cover-do = 직접 해 보기
cover-afresh = 처음부터 다시 시작
cover-afresh-what = 이 브라우저는 선택한 언어를 포함해 이 수업의 쿠키를 모두 잊고, 서버는 그 세션을 삭제합니다.

# 페이지 옆
times-utc = UTC로 보기
beside-title = 페이지 옆에서 보기
beside-prediction = 예측
beside-checklist = 체크리스트
beside-notes = 노트
beside-code = 코드
beside-changes = 바뀐 곳
beside-load = 별도 페이지로 열기
beside-no-file = { $file } 파일을 읽을 수 없습니다. 프로젝트 폴더에서 레슨을 시작했습니까?
beside-no-section = { $file } 파일에 이 레슨에 관한 내용이 없습니다.
beside-no-base = 여기가 시작입니다. 비교할 이전 레슨이 없습니다.
predict-title = 먼저 예측하기
predict-how = 답을 하나 고르십시오. 답은 이 브라우저에만 남고 점수는 매기지 않습니다. 그런 다음 직접 해 보십시오.
predict-reveal = 무엇이 맞았습니까?
predict-right = 정답:
predict-yours = 내가 고른 답
checklist-count = { $all }개 중 { $done }개
checklist-how = 앞 단계를 마친 뒤 어느 브라우저에서든 그 일을 하면 표시됩니다.
checklist-demo-only = 데모에서만
checklist-done = 완료

# 로그인
login-title = 로그인
login-userid = 아이디
login-password = 비밀번호
login-send = 로그인
login-remember = 30일 동안 로그인 상태 유지
login-missing-field = 모든 값을 입력해주세요.
login-wrong = 아이디 또는 비밀번호가 틀립니다.

# 메인 페이지
main-title = 메인 페이지
main-nobody-known = 누군가 이 페이지를 요청했습니다.
main-same-request = 누가 왔는지 알 수 없습니다. 방금 로그인한 사람도 처음 온 사람도 똑같은 요청을 보냅니다.
main-welcome-back = { $user }님, 다시 오셨습니다!
main-how-known = 브라우저가 세션 ID를 보냈고, 그 세션에 ‘user’ 키가 있습니다.

# 누가 요청하는가
profile-title = 프로필
profile-what = 사용자에 대해 세션에 있는 것은 아이디뿐입니다. 나머지는 이 페이지를 만들 때 데이터베이스에서 읽었습니다.
who-title = 누가 요청하는가
who-nobody = 서버가 아는 사람이 아닙니다.
who-nobody-what = 세션에 ‘user’ 키가 없거나 세션이 아예 없습니다. 그래서 아무도 찾아보지 않았습니다.
who-user = { $user }님입니다.
who-user-what = 세션에 이름이 있고, 데이터베이스에 그 이름의 사용자가 있습니다.
who-gone-what = 세션에는 아직 ‘{ $user }’라고 적혀 있지만, 그런 사용자가 이제 없습니다.
who-caption = 이 요청이 사용자에 대해 아는 것
who-asked = 물은 것
who-answer = 답

# 세션을 두는 곳
where-title = 세션을 두는 곳
where-database = 세션은 데이터베이스에 있습니다.
where-database-what = 하나하나가 디스크에 있는 행입니다. 이 프로그램을 다시 시작하거나 프로그램이 갑자기 죽어도, 전원이 나가도 남습니다.
where-cache = 세션은 이 프로그램의 메모리에 있습니다.
where-cache-what = 아무것도 견디지 못합니다. 이 프로그램이 끝나면 모두 없어집니다.
where-file = 세션은 파일에 있습니다.
where-file-what = 하나하나가 따로 파일입니다. 이 프로그램을 다시 시작하거나 프로그램이 갑자기 죽어도 남습니다. 전원이 나가면 마지막에 바꾼 것은 없어질 수 있습니다.
where-redis = 세션은 Redis에 있습니다.
where-redis-what = Redis는 따로 도는 프로그램이므로 이 프로그램이 끝나도 남습니다. Redis가 끝나도 남는지는 Redis의 설정에 달려 있습니다.
where-cookie = 세션은 각 브라우저의 쿠키에 있습니다.
where-cookie-what = 이 프로그램은 아무것도 간직하지 않습니다. 그래서 잃을 것도 없고, 거두어들일 수도 없습니다.
where-caption = engine = "{ $engine }"가 할 수 있는 일
where-able = 낱말
where-means = 뜻
where-answer = 되는가
where-yes = 예
where-no = 아니요
where-atomic = 같은 순간에 여러 번 바꿔도 하나도 잃지 않습니다.
where-revocable = 끝낸 세션은 끝난 채로 있습니다.
where-listable = 한 사용자의 세션을 모두 찾을 수 있습니다.
where-shared = 여러 서버가 같은 세션을 봅니다.
where-durable = 서버를 다시 시작해도 세션이 남습니다.

# 쿠키 속의 세션
cookie-title = 쿠키
cookie-readable = 쿠키에 든 내용입니다. 쿠키를 가진 사람은 누구나 이렇게 읽을 수 있습니다.
cookie-unreadable = 이 쿠키에는 비밀 키 없이 읽을 수 있는 글이 없습니다.
cookie-none = 쿠키가 없습니다.
cookie-size = 쿠키의 값은 { $size }바이트입니다. 쿠키는 이름과 속성까지 합쳐 4,096바이트까지입니다.
cookie-fill-title = 세션 채우기
cookie-fill-what = 누를 때마다 ‘letters’ 키에 글자 1,000개를 더 넣습니다.
cookie-fill-send = 글자 1,000개 넣기

# 얼마나 오래
lifetime-title = 얼마나 오래
lifetime-left = 길어야 { $days }일 남았습니다
lifetime-what = 마지막 줄만 브라우저에 달려 있습니다. 브라우저는 마지막으로 받은 쿠키의 기간을 자기 시계로 셉니다.
lifetime-caption = 이 세션
lifetime-now = 서버의 시계
lifetime-of = 무엇
lifetime-when = 언제
lifetime-begun = 시작함
lifetime-touched = 기록된 마지막 사용
lifetime-ends = 다시 쓰지 않으면 끝남
lifetime-latest = 어떤 경우에도 끝남
lifetime-cookie = 브라우저가 쿠키를 잊음
lifetime-closed = 브라우저를 닫을 때
lifetime-none = 끝날 것이 없습니다.
lifetime-none-what = 브라우저가 세션 ID를 보내지 않았거나, 보낸 ID로 아무것도 열 수 없습니다.

# 기간이 끝나도 남아 있는 것
visit-title = 방문
visit-count = 이 브라우저의 방문 횟수: { $visits }
visit-what = 세션에 세어 두므로, 그 세션에 행이 있습니다.
rows-title = 행
rows-count = 살아 있는 행: { $live }. 끝난 행: { $over }.
rows-cleared = 행 { $number }개를 지웠습니다.
rows-what = 서버의 시계로 본 세션 테이블의 행입니다. 끝난 행으로는 아무것도 열 수 없습니다.
rows-clear = 최대 { $batch }개 지우기
rows-clear-who = 로그인한 사람만 할 수 있습니다.

# 게시판
board-title = 게시판
board-text = { $user }님, 무슨 이야기를 남기시겠습니까?
board-send = 올리기
board-stranger = 읽기는 누구나 할 수 있습니다. 쓰려면 로그인해야 합니다.
board-posts = 올라온 글 (최근 순)
board-by = { $author }님의 글
board-delete = 지우기
board-delete-post = { $number }번 글 지우기
board-none = 아직 아무도 글을 쓰지 않았습니다.
board-empty = 내용을 적어주세요.
board-too-long = 500자까지만 쓸 수 있습니다.

# 계정
account-title = 계정
account-who = { $user }님으로 로그인했습니다.
account-to-password = 비밀번호 바꾸기
account-sessions = 로그인한 곳
account-sessions-what = 한 줄이 세션 하나, 곧 로그인한 브라우저 하나입니다. 모르는 것이 있으면 끝내고 비밀번호를 바꾸십시오.
account-sessions-go-on = 이 서버의 세션은 목록으로 볼 수 없고 다른 브라우저에서 끝낼 수도 없습니다. 브라우저마다 직접 로그아웃하십시오.
account-here = 이 브라우저, { $browser }, { $time }
account-elsewhere = { $browser }, { $time }
account-browser-on = { $system }의 { $browser }
account-browser-unknown = 알 수 없는 브라우저
account-now = 지금
account-end-here = 로그아웃
account-end-here-line = 로그아웃: { $line }
account-end = 끝내기
account-end-line = 끝내기: { $line }
account-end-others = 다른 세션 모두 끝내기
account-more = 세션 { $number }개는 표시하지 않았습니다.
account-session-ended = 그 세션을 끝냈습니다.
account-others-ended = 다른 세션을 모두 끝냈습니다.
account-password-changed = 비밀번호를 바꾸었고 다른 세션을 모두 끝냈습니다.
account-password-changed-others-go-on = 비밀번호를 바꾸었습니다. 이 서버는 다른 브라우저의 세션을 끝낼 수 없으므로, 그곳에서는 로그아웃할 때까지 로그인이 유지됩니다.
account-password-changed-others-unknown = 비밀번호는 바꾸었지만, 지금은 다른 세션을 모두 끝내지 못했습니다. 아래에서 끝내십시오.
password-title = 비밀번호 바꾸기
password-old = 현재 비밀번호
password-new = 새 비밀번호
password-send = 바꾸기
password-wrong = 비밀번호가 맞지 않습니다.
password-others-end = 바꾸면 여기서는 로그인이 유지되고, 다른 곳에서는 모두 로그아웃됩니다.
password-others-go-on = 바꾸면 여기서도 다른 브라우저에서도 로그인이 유지됩니다. 이 서버는 다른 브라우저의 세션을 끝낼 수 없습니다.

# 회원가입
signup-title = 회원가입
signup-errors = 다시 확인해 주십시오
signup-all-required = 모든 항목을 입력해야 합니다.
signup-userid = 아이디
signup-userid-hint = 문자와 숫자, @ . + - _ 기호
signup-real-name = 이름
signup-email = 이메일
signup-password1 = 비밀번호
signup-password-hint = 8자 이상이어야 하고, 숫자만으로 만들거나 이름과 비슷하면 안 됩니다.
signup-password2 = 비밀번호 확인
signup-password2-hint = 잘못 입력하지 않도록 한 번 더 입력합니다.
signup-send = 가입하기
signup-required = 이 값을 입력해주세요.
signup-userid-characters = 문자와 숫자, @ . + - _ 기호만 쓸 수 있습니다.
signup-userid-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-userid-mixed = 여러 문자 체계의 글자가 섞여 있습니다. 한 가지 문자만 쓰세요. 한글, 한자, 가나는 로마자와 함께 쓸 수 있습니다.
signup-userid-taken = 이미 사용 중인 아이디입니다. 다른 아이디를 입력해주세요.
signup-passwords-differ = 두 비밀번호가 서로 다릅니다.
signup-password-too-short = { $limit }자 이상 입력해주세요.
signup-password-all-digits = 숫자만으로는 만들 수 없습니다.
signup-password-too-similar = { $field ->
    [userid] 아이디와
    [real_name] 이름과
    [email] 이메일과
   *[other] 다른 값과
} 너무 비슷합니다.
signup-password-too-common = 너무 많은 사람이 쓰는 비밀번호입니다.
signup-password-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-email-implausible = 이메일 주소의 형식이 아닙니다.
signup-email-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-real-name-too-long = { $limit }자까지만 쓸 수 있습니다.
signup-real-name-characters = 이름에는 눈에 보이는 글자가 있어야 하고, 줄 바꿈이나 제어 문자는 쓸 수 없습니다.
signup-done-title = 가입 완료
signup-done-welcome = { $name }님, 환영합니다!
signup-done-what = 회원가입 뷰가 아래의 세 값을 세션에 넣었고, 이 뷰가 다시 읽었습니다.

# 장바구니
cart-title = 장바구니
cart-whose-user = { $user }님이 로그인했습니다.
cart-whose-nobody = 로그인하지 않은 상태입니다.
cart-product = 상품
cart-count = 수량
cart-sum = 금액
cart-price = { $price }원
cart-total = 합계
cart-nothing = 아직 비어 있습니다.
cart-gone = 이제 팔지 않는 상품: { $items }
cart-products = 상품
cart-add = 담기
cart-add-product = { $product } 담기
cart-remove = 빼기
cart-remove-product = { $product } 빼기
cart-empty = 장바구니 비우기

# 잘못된 경우
status-routes = 이 레슨이 답하는 요청
status-method = 메서드
status-path = 경로
status-cover = 이 레슨의 첫 페이지로
status-again = 페이지 다시 불러오기
status-403-title = 거부했습니다
status-403-what = 다른 사이트에서 보낸 폼입니다. 아무것도 바뀌지 않았습니다.
status-403-next = 이 사이트에서 페이지를 열고, 그 페이지의 폼으로 보내십시오.
status-403-own-what = 다른 사람의 것입니다. 아무것도 바뀌지 않았습니다.
status-403-own-next = 뒤로 돌아가십시오. 주인만 할 수 있는 일입니다.
status-404-title = 페이지가 없습니다
status-404-what = 이 레슨에는 그런 페이지가 없습니다.
status-404-next = 경로마다 아래에 적힌 메서드에만 답합니다.
status-409-title = 세션이 바뀌었습니다
status-409-what = 이 요청을 처리하는 동안 같은 브라우저에서 누군가 로그인하거나 로그아웃했습니다. 아무것도 바뀌지 않았습니다.
status-409-next = 뒤로 돌아가 페이지를 새로 고친 다음 다시 시도하십시오.
status-413-title = 너무 큽니다
status-413-what = 보낸 내용이 이 서버가 받을 수 있는 크기를 넘습니다. 아무것도 바뀌지 않았습니다.
status-413-next = 뒤로 돌아가 내용을 줄여서 보내십시오.
status-413-session-what = 세션이 정해진 크기를 넘게 됩니다. 아무것도 바뀌지 않았습니다.
status-413-session-next = 뒤로 가서 더 적게 넣으십시오. 계속 늘어나는 것은 세션이 아니라 테이블에 두어야 합니다.
status-422-title = 맞지 않는 내용입니다
status-422-what = 보낸 내용이 이 페이지가 기대한 것과 다릅니다. 아무것도 바뀌지 않았습니다.
status-422-next = 뒤로 돌아가 페이지를 새로 고친 다음 폼을 다시 입력하십시오.
status-429-title = 비밀번호를 너무 많이 틀렸습니다
status-429-what = 이곳에서 이 아이디의 비밀번호를 여러 번 틀렸기 때문에 이번에는 확인하지 않았습니다.
status-429-next = { $wait } 뒤에 다시 시도하세요. 또 틀리면 더 오래 기다려야 합니다.
status-500-title = 프로그램에 오류가 있습니다
status-500-what = 서버가 예상하지 못한 상황을 만났습니다. 더 바뀐 것은 없습니다.
status-500-next = 자세한 내용은 터미널에 있습니다. 뒤로 돌아가 다시 시도하십시오.
status-503-title = 지금은 답할 수 없습니다
status-503-what = 서버가 잠시 답할 수 없습니다. 저장하지 못한 것은 바뀌지 않았습니다.
status-503-next = 몇 초 기다린 다음 다시 시도하십시오.
status-other-title = 처리하지 못했습니다
status-other-what = 서버가 요청한 일을 할 수 없었습니다.
status-other-next = 뒤로 돌아가 페이지를 새로 고친 다음 다시 시도하십시오.

# 터미널
terminal-open = 주소
terminal-users = 사용자
terminal-try = 해 보기
terminal-next = 다음
terminal-last = 지금까지는 이것이 마지막 레슨입니다.
terminal-stop = 멈추기
terminal-no-session-layer = 세션 층 없음
terminal-not-asked = 세션을 찾은 뷰 없음

# 세션 층이 한 일
event-no-session-id = 세션 ID가 오지 않음
event-cookies-dropped = 읽을 수 없는 헤더의 쿠키
event-doubled = 세션 ID가 여러 개 옴: 모두 무시
event-foreign = 다른 프로그램의 쿠키: 그대로 둠
event-unknown = 세션 { $locker } 없음
event-unreadable = 세션 { $locker } 읽을 수 없음
event-unopened = 여기서 열리지 않는 봉인된 세션
event-expired = 세션 { $locker } 기간이 끝남
event-superseded = 세션 { $locker }의 ID가 방금 바뀜
event-found = 세션 { $locker }
event-unsealed = 세션 { $locker }, 쿠키에서 꺼냄
event-anonymous = 로그인한 사람 없음
event-user = { $user }
event-set = { $key } 넣음
event-logged-in = { $user } 로그인
event-popped = { $key } 꺼냄
event-logged-out = { $user } 로그아웃
event-cleared = 비움
event-flushed = 세션 삭제
event-rotation-asked = 세션 ID 바꾸기
event-expiry-set = 수명 정함
event-updated = { $key } 고침
event-created = 세션 { $locker } { $sealed ->
    [true] 쿠키에 만듦
   *[false] 만듦
}
event-committed = 버전 { $version }, { $tries }번째 시도
event-rotated = 새 세션 ID, 같은 행 { $locker }
event-ended = 세션 { $locker } { $sealed ->
    [true] 브라우저가 잊음
   *[false] 지움
}
event-returned = 첫 재방문 확인
event-touched = 수명 늘림
event-vanished = 그사이 세션이 지워짐: 변경 버림
event-dropped = 오류 페이지: 변경 버림
event-skipped = HEAD 요청: 변경 버림
event-failed = 실패: { $reason }
event-cookie-sent = 쿠키 보냄
event-cookie-removed = 쿠키 지움

# 세션 층이 한 일을 문장으로 (X-ray)
did-no-session-id = 세션 ID가 오지 않았습니다.
did-cookies-dropped = 쿠키가 왔지만 헤더가 UTF-8이 아닙니다. Rocket은 그런 헤더를 통째로 버리므로 세션 ID를 읽지 못했습니다. 이 호스트에 다른 프로그램이 설정한 쿠키를 삭제하세요.
did-doubled = 세션을 여는 세션 ID가 여러 개 왔습니다. 어느 것이 이 브라우저의 것인지 알 수 없어 모두 무시합니다. 이 호스트에서 세션 쿠키와 이름이 같은 쿠키를 모두 삭제한 뒤 다시 로그인하세요.
did-foreign = 세션 쿠키의 값이 이 서버의 세션 ID가 아닙니다. 같은 호스트의 다른 프로그램이 설정한 쿠키이므로(포트는 상관없습니다) 그대로 둡니다. 방해가 되면 그 쿠키를 삭제하세요.
did-unknown = 이 세션 ID({ $locker })를 가진 행이 없습니다.
did-unreadable = { $locker } 행을 읽을 수 없어 세션을 열지 못했습니다. 이유는 로그에 있습니다.
did-unopened = 봉인된 세션이 왔지만 여기서 열리지 않습니다. 내용이 바뀌었거나, 이 서버의 키로 봉인한 것이 아닙니다.
did-expired = 세션 { $locker }의 기간이 끝났습니다.
did-superseded = 세션 { $locker }의 ID가 방금 바뀌었고, 이것은 예전 ID입니다.
did-found = 세션 ID로 행 { $locker }을 찾았습니다.
did-unsealed = 쿠키 안에 세션 { $locker }이 통째로 들어 있습니다.
did-anonymous = 로그인한 사람이 없습니다.
did-user = { $user }입니다.
did-set = { $key } 키를 넣었습니다.
did-logged-in = { $user } 사용자가 로그인했습니다.
did-popped = { $key } 키를 꺼냈습니다.
did-logged-out = { $user } 사용자가 로그아웃했습니다.
did-cleared = 데이터를 모두 비웠습니다. 행은 남습니다.
did-flushed = 세션을 삭제합니다. 행과 쿠키가 모두 없어집니다.
did-rotation-asked = 세션 ID를 바꾸려고 합니다.
did-expiry-set = 수명을 정했습니다.
did-updated = { $key } 키를 읽고 고쳐서 바로 다시 썼습니다.
did-created = { $sealed ->
    [true] 세션 { $locker }을 시작했습니다. 쿠키에만 있고 다른 곳에는 없습니다.
   *[false] 행 { $locker }을 만들었습니다.
}
did-committed = { $tries }번째 시도에 저장했습니다. 다른 요청이 더 빨랐습니다.
did-rotated = 세션 ID는 새것이고 행은 그대로 { $locker }입니다.
did-ended = { $sealed ->
    [true] 브라우저에 세션 { $locker }을 잊으라고 합니다. 쿠키의 사본이 있으면 여전히 열립니다.
   *[false] 행 { $locker }을 지웠습니다.
}
did-returned = 세션 ID가 처음으로 다시 왔으므로 서버가 행을 정해진 수명 끝까지 보관합니다.
did-touched = 수명을 늘렸습니다.
did-vanished = 그사이 세션이 지워져서 변경을 버렸습니다.
did-dropped = 응답이 오류 페이지라서 변경을 버렸습니다.
did-skipped = HEAD는 헤더만 요청하므로 변경을 버렸습니다.
did-failed = 실패했습니다: { $reason }
did-cookie-sent = { $sealed ->
    [true] 세션 전체가
   *[false] 세션 ID가
} 담긴 쿠키를 보냅니다.
did-cookie-removed = 브라우저에 쿠키를 지우라고 알립니다.

# X-ray
xray-title = X-ray
xray-motto = 평소에는 보이지 않는 것
xray-all = 모든 요청을 실시간으로 보기
xray-page-what = 브라우저가 보낸 것, 오간 내용, 서버에 남은 것을 요청마다 최근 순서로 보여 줍니다. 옆 창에서 레슨을 여십시오.
xray-requests = 요청, 최근 순서
xray-empty = 아직 요청이 없습니다.
xray-since = 그 뒤의 요청
xray-news = 새 요청:
xray-anew = 서버가 다시 시작되어 기록도 새로 시작합니다.
xray-lost = 서버가 답하지 않습니다. 계속 다시 연결합니다.
xray-find = 세션 찾기
xray-decide = 누구인지 정하기
xray-change = 세션 바꾸기
xray-tell = 브라우저에 알리기
xray-nothing = 없음
xray-first-try = 첫 시도에 저장했습니다.
xray-not-asked = 뷰가 세션을 찾지 않았습니다.
xray-no-layer = 이 레슨에는 세션 층이 없습니다.
xray-cannot-know = 누구인지 말해 주는 세션이 없습니다.
xray-somebody = 누군가(서버는 누구인지 알 수 없습니다)
xray-browser = 브라우저
xray-no-cookies = 브라우저가 알려 준 쿠키가 없습니다.
xray-nobody-reads = 다른 레슨에서 남은 쿠키입니다. 여기에서는 아무도 읽지 않습니다.
xray-keeps-itself = 이 값은 브라우저가 직접 가지고 있습니다.
xray-not-ours = 다른 프로그램의 쿠키입니다.
xray-attributes = 속성
xray-attributes-unknown = 알 수 없습니다. 브라우저는 속성을 알려 주지 않고, 이 서버는 시작한 뒤로 이 쿠키를 보낸 적이 없습니다.
xray-wire = 오간 내용
xray-request = 요청
xray-response = 응답
xray-cut = 여기에서 잘림: 더 왔지만 볼 수 없습니다
xray-server = 서버
xray-row = 행 { $locker }…
xray-home-database = 데이터베이스의 행.
xray-home-database-what = 디스크에 있어서 서버를 다시 시작해도 그대로입니다.
xray-home-cache = 이 프로그램의 메모리.
xray-home-cache-what = 프로그램이 끝나면 세션이 모두 없어집니다.
xray-home-file = 파일.
xray-home-file-what = 디스크에 있어서 서버를 다시 시작해도 그대로입니다.
xray-home-redis = Redis.
xray-home-redis-what = 다른 프로그램이 간직하고, 거기에 묻는 서버는 모두 같은 것을 봅니다.
xray-home-cookie = 아무것도 없음.
xray-home-cookie-what = 세션 전체가 브라우저의 쿠키에 들어 있습니다.
xray-row-file = 파일 { $locker }…
xray-row-cookie = 쿠키에 든 것, 세션 { $locker }…
xray-row-more = 행의 나머지
xray-row-none = 행이 없습니다. 서버는 이 브라우저에 대해 아무것도 갖고 있지 않습니다.
xray-row-gone = 행을 지웠습니다.
xray-row-over = 행은 아직 있지만 기간이 끝났습니다. 지워진 것과 같습니다.
xray-not-looked = 뷰가 세션을 찾지 않아서 아무도 들여다보지 않았습니다.
xray-looked-itself = 뷰는 세션을 찾지 않았고, 이 X-ray만 들여다보았습니다.
xray-opens-none = 이 세션 ID로 찾을 수 있는 행이 없습니다.
xray-only-forgotten = 여기에는 지울 것이 없었습니다. 브라우저에 잊으라고 알렸을 뿐입니다.
xray-no-answer = 저장소가 답하지 않았습니다.
xray-time = 서버의 시계:
xray-time-ahead = { $time } 앞섬
xray-time-hour = +1시간
xray-time-day = +1일
xray-time-weeks = +2주
xray-time-now = 지금으로 되돌리기
xray-time-what = 서버의 시계만 움직입니다. 브라우저는 자기 시계를 따르므로, 서버에서는 기간이 끝난 쿠키를 계속 보낼 수 있습니다.
xray-mark-new = 새로 생김
xray-mark-changed = 바뀜
xray-mark-gone = 없어짐
xray-mark-again = 다시 보냄

# 레슨을 시작할 수 없는 경우
lessons-broken = 레슨 목록을 읽을 수 없습니다. { $place }: { $reason }
lessons-unreadable = { $about }
lessons-field-missing = { $about } 값이 없습니다.
lessons-field-unknown = { $about } 필드는 쓸 수 없습니다.
lessons-empty = ‘{ $about }’ 값이 비어 있습니다.
lessons-name = 레슨의 파일 이름은 ‘lesson’ 뒤에 두 자리 숫자를 붙이고, 짝을 이루는 레슨이면 a나 b도 붙입니다.
lessons-twice = 레슨 { $about }에 이미 쓰인 번호입니다.
lessons-missing = 파일이 없습니다.
lessons-base = `base`에는 앞선 레슨의 번호를 적어야 합니다. ‘{ $about }’ 값은 쓸 수 없습니다.
lessons-none = 이 폴더에 레슨이 없습니다.
start-lesson = { $number } 레슨은 없습니다. app("…")에 적은 번호를 확인하십시오.
start-configuration = 설정을 쓸 수 없습니다: { $reason }
start-database = 레슨을 시작할 수 없습니다: { $reason }. 그 폴더에 쓸 수 있는지 확인하십시오. 이 수업의 것이 아닌 파일은 다른 곳으로 옮기면 다음에 시작할 때 새로 만듭니다.
start-newer-database = 레슨을 시작할 수 없습니다: { $file } 파일은 이 수업의 더 새로운 버전이 만들었습니다. 수업을 업데이트하거나 그 파일을 다른 곳으로 옮기십시오. 다음에 시작할 때 새로 만듭니다.
start-template-folder = 템플릿 폴더 { $folder }: 쓸 수 없습니다({ $reason }). 프로젝트 폴더에서 레슨을 시작하십시오.
start-template-missing = 템플릿 { $file } 파일이 없습니다. 다음 명령으로 되살릴 수 있습니다: git checkout -- templates
start-template = 템플릿 { $file }: 읽을 수 없습니다({ $reason }).
start-port-in-use = 포트 { $port }번을 이미 쓰고 있습니다. 다른 레슨이 아직 실행 중입니까? Ctrl+C로 멈추거나 다른 포트를 쓰십시오: { $command }
start-address = { $address }에서 요청을 받을 수 없습니다: { $reason }
