"""The syllables with marks that reports are made of: src/text/legacy/common.txt.

Taken from the catalogue's Vietnamese texts, from all names of localities, and from the words below.
Run after the catalogue has grown; the list only breaks ties, so an older one does no harm.
"""

import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = """
của và là được người những này đó với không có các một hai ba bốn năm sáu bảy tám chín mười trăm nghìn triệu tỷ
trường lớp học sinh trẻ em giáo viên cán bộ công chức viên chức hợp đồng biên chế lãnh đạo quản lý phụ nữ nam giới
tổng số cộng chung trong đó chia theo giới tính dân tộc thiểu số độ tuổi nhóm tuổi trình độ chuyên môn nghiệp vụ
xã phường thị trấn huyện quận thành phố tỉnh khu vực thành thị nông thôn miền núi hải đảo vùng sâu vùng xa biên giới
báo cáo biểu mẫu số liệu thống kê đơn vị nhận gửi kỳ năm tháng quý ngày giờ đầu cuối thời điểm tính đến hết
người lập biểu thủ trưởng ký tên đóng dấu ghi rõ họ tên chủ tịch phó giám đốc sở phòng ban trưởng thôn ấp bản tổ
hộ gia đình bạo lực nạn nhân gây hình thức thân thể tinh thần kinh tế tình dục biện pháp xử lý hỗ trợ tư vấn tố cáo
mua bán trở về tái hòa nhập cộng đồng mại dâm ma túy tảo hôn cận huyết kết hôn ly hôn khai sinh khai tử đăng ký
sức khỏe y tế bệnh viện trạm tử vong mẹ sơ sinh đẻ sống cân nặng vị thành niên phá thai sàng lọc tiêm chủng
việc làm lao động thất nghiệp đào tạo nghề doanh nghiệp hợp tác xã chủ hộ kinh doanh thu nhập vốn vay nghèo cận
tiến sĩ thạc sĩ đại học cao đẳng trung cấp sơ cấp bằng chứng chỉ giáo sư phổ thông cơ sở tiểu học mầm non mẫu giáo
đảng viên ủy viên hội đồng nhân dân ủy ban bí thư đại biểu quốc hội cấp ủy nhiệm kỳ bầu cử kết nạp đoàn thanh niên
chưa rồi đã đang sẽ phải cần muốn nên nếu thì mà nhưng vì nên bởi tại từ trên dưới trước sau giữa ngoài trong
tốt khá yếu kém đạt vượt thấp cao lớn nhỏ nhiều ít tăng giảm đủ thiếu đúng sai mới cũ nhất nhì thứ cùng khác nhau
địa chỉ điện thoại điểm ghi chú ý kiến kiến nghị đề nghị thực hiện kế hoạch chỉ tiêu nhiệm vụ giải pháp kết quả
truyền thông phát thanh truyền hình tin bài chương trình phóng sự nội dung ảnh báo chí mạng xã hội trạm loa
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh mai tô trịnh đoàn hà lâm cao tạ
thị văn hữu đức minh anh hùng dũng tuấn hải sơn thủy hương hoa lan hạnh phúc thảo phương linh ngọc ánh tuyết
"""


def words(text):
    text = unicodedata.normalize("NFC", text).lower()
    return {w for w in re.findall(r"[^\W\d_]+", text) if not w.isascii()}


def main():
    found = words(WORDS)
    for path in sorted((ROOT / "indicators").rglob("*")):
        if path.suffix in {".toml", ".csv"}:
            found |= words(path.read_text(encoding="utf-8"))
    target = ROOT / "src/text/legacy/common.txt"
    target.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8", newline="\n")
    print(len(found), "syllables")


if __name__ == "__main__":
    main()
