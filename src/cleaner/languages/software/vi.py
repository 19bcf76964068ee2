"""Vietnamese."""

PHRASES = {
    "widget_line": (
        "trang web này sử dụng akismet để hạn chế spam",
        "tìm hiểu bình luận của bạn được duyệt như thế nào",
    ),
    "widget_opening": ("lưu tên của tôi, email, và trang web trong trình duyệt này",),
}
