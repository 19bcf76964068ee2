"""Korean."""

PHRASES = {
    "widget_opening": (
        "다음 번 댓글 작성을 위해 이 브라우저에 이름",
        "이메일 주소는 공개되지 않습니다. 필수",
    ),
}
