"""Vietnamese."""

PHRASES = {
    "ad_stub": (
        "nội dung quảng cáo",
        "quảng cáo",
    ),
    "comment_stub": (
        "bình luận",
        "gửi bình luận",
        "viết bình luận",
        "xem bình luận",
        "ý kiến bạn đọc",
    ),
    "credit_label": (
        "nguồn ảnh",
        "video",
        "ảnh",
        "ảnh minh họa",
    ),
    "link_stub": (
        "xem thêm",
        "xem tiếp",
        "xem tất cả",
        "đọc thêm",
        "đọc tiếp",
    ),
    "promo_stub": (
        "quảng cáo",
        "theo dõi",
        "đăng ký",
        "đăng ký ngay",
    ),
    "read_more": (
        ">> xem thêm",
        "bài liên quan",
        "có thể bạn quan tâm",
        "mời bạn đọc thêm",
        "tin liên quan",
        "xem thêm",
        "xem tiếp",
        "đọc thêm",
    ),
    "share_stub": (
        "chia sẻ",
        "chia sẻ bài viết",
        "gửi email",
        "in bài",
        "lưu bài",
    ),
    "story_stub": (
        "bài liên quan",
        "bài viết liên quan",
        "có thể bạn quan tâm",
        "tin cùng chuyên mục",
        "tin khác",
        "tin liên quan",
        "tin mới nhất",
        "xem nhiều",
        "đọc nhiều",
        "đọc nhiều nhất",
    ),
}
