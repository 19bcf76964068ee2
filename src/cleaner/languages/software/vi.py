"""Vietnamese."""

PHRASES = {
    "widget_line": (
        "chưa có sản phẩm trong giỏ hàng",
        "phản hồi của bạn đang chờ được xét duyệt",
        "phản hồi giống nhau! hình như bạn đã gửi phản hồi này rồi",
        "trang web này sử dụng akismet để hạn chế spam",
        "tìm hiểu bình luận của bạn được duyệt như thế nào",
        "xin lỗi, bạn phải đăng nhập để viết phản hồi",
        "xin lỗi, phần phản hồi đang bị đóng cho mục này",
    ),
    "widget_opening": (
        "chỉ những khách hàng đã đăng nhập và mua sản phẩm này",
        "lưu tên của tôi, email, và trang web trong trình duyệt này",
        "địa chỉ email này đang được bảo vệ từ spam bots. bạn",
    ),
}
