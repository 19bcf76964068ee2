"""Vietnamese."""

PHRASES = {
    "widget_opening": (
        "lưu tên của tôi, email, và trang web trong trình duyệt này",
        "trang web này sử dụng akismet",
        "tìm hiểu bình luận của bạn được duyệt như thế nào",
    ),
}
