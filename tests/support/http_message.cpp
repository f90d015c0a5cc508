#include "support/http_message.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace support {

std::size_t HttpMessage::take(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && stage_ != Stage::complete) {
        const std::string_view rest = bytes.substr(used);
        switch (stage_) {
            case Stage::head: {
                const std::size_t had = head_.size();
                head_.append(rest);
                const std::size_t end = head_.find("\r\n\r\n", had < 3 ? 0 : had - 3);
                if (end == std::string::npos) {
                    return bytes.size();
                }
                head_.resize(end + 4);
                used += head_.size() - had;
                begin_body();
                break;
            }
            case Stage::counted:
            case Stage::chunk: {
                const std::size_t count = std::min(left_, rest.size());
                body_.append(rest.substr(0, count));
                used += count;
                left_ -= count;
                if (left_ == 0) {
                    stage_ = stage_ == Stage::counted ? Stage::complete : Stage::chunk_end;
                }
                break;
            }
            case Stage::chunk_end:
            case Stage::chunk_size: {
                line_ += rest.front();
                ++used;
                if (!line_.ends_with("\r\n")) {
                    break;
                }
                if (stage_ == Stage::chunk_end) {
                    stage_ = left_ == 0 ? Stage::chunk_size : Stage::complete;
                } else {
                    left_ = std::strtoul(line_.c_str(), nullptr, 16);
                    stage_ = left_ > 0 ? Stage::chunk : Stage::chunk_end;
                    if (left_ == 0) {
                        left_ = 1;  // the end that follows is that of all
                    }
                }
                line_.clear();
                break;
            }
            case Stage::until_end:
                body_.append(rest);
                used += rest.size();
                break;
            case Stage::complete: break;
        }
    }
    return used;
}

void HttpMessage::end() {
    if (stage_ == Stage::until_end) {
        stage_ = Stage::complete;
    }
}

void HttpMessage::begin_body() {
    const std::string_view length = header("content-length:");
    if (!length.empty()) {
        left_ = std::strtoul(std::string(length).c_str(), nullptr, 10);
        stage_ = left_ == 0 ? Stage::complete : Stage::counted;
    } else if (header("transfer-encoding:") == "chunked") {
        stage_ = Stage::chunk_size;
    } else {
        lasts_until_end_ = kind_ == Kind::reply && status() == 200;
        stage_ = lasts_until_end_ ? Stage::until_end : Stage::complete;
    }
}

std::string_view HttpMessage::header(std::string_view lower_case_name) const {
    std::size_t begin = head_.find("\r\n") + 2;
    while (begin < head_.size()) {
        const std::size_t end = head_.find("\r\n", begin);
        const std::string_view line = std::string_view(head_).substr(begin, end - begin);
        if (line.size() > lower_case_name.size() &&
            std::equal(lower_case_name.begin(), lower_case_name.end(), line.begin(),
                       [](char lower, char any) { return lower == std::tolower(any); })) {
            const std::size_t value = line.find_first_not_of(' ', lower_case_name.size());
            return value == std::string_view::npos ? std::string_view() : line.substr(value);
        }
        begin = end + 2;
    }
    return {};
}

std::string HttpMessage::word(int index) const {
    std::size_t begin = 0;
    for (; index > 0; --index) {
        begin = head_.find(' ', begin) + 1;
    }
    return head_.substr(begin, head_.find_first_of(" \r", begin) - begin);
}

int HttpMessage::status() const { return std::atoi(word(1).c_str()); }

bool HttpMessage::closes() const { return lasts_until_end_ || header("connection:") == "close"; }

}  // namespace support
