#include "faults/http_framing.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace faults {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
    return result;
}

}  // namespace

HttpFraming::Taken HttpFraming::take(std::string_view bytes) {
    switch (place_) {
        case Place::before: head_.clear(); [[fallthrough]];
        case Place::head: return take_head(bytes);
        case Place::counted:
        case Place::chunk: return take_counted(bytes);
        case Place::chunk_size:
        case Place::trailer: return take_line(bytes);
        case Place::until_closed: break;
    }
    return {bytes.size(), false, false};
}

HttpFraming::Taken HttpFraming::take_head(std::string_view bytes) {
    constexpr std::string_view end = "\r\n\r\n";
    place_ = Place::head;
    const std::size_t had = head_.size();
    const std::size_t search_from = had < end.size() ? 0 : had - end.size() + 1;
    head_ += bytes;
    const std::size_t at = head_.find(end, search_from);
    if (at == std::string::npos) {
        return {bytes.size(), false, false};
    }
    head_.resize(at + end.size());
    place_ = place_after_head();
    return {head_.size() - had, true, place_ == Place::before};
}

HttpFraming::Place HttpFraming::place_after_head() {
    if (side_ == Side::replies) {
        const std::string status = word(1);
        if (status == "204" || status == "304") {
            return Place::before;
        }
        if (status == "101") {
            return Place::until_closed;
        }
    }
    if (header("transfer-encoding").find("chunked") != std::string::npos) {
        return Place::chunk_size;
    }
    if (const std::string length = header("content-length"); !length.empty()) {
        left_ = std::stoul(length);
        return left_ == 0 ? Place::before : Place::counted;
    }
    return side_ == Side::replies ? Place::until_closed : Place::before;
}

HttpFraming::Taken HttpFraming::take_counted(std::string_view bytes) {
    const std::size_t count = std::min(left_, bytes.size());
    left_ -= count;
    if (left_ > 0) {
        return {count, false, false};
    }
    place_ = place_ == Place::chunk ? Place::chunk_size : Place::before;
    return {count, false, place_ == Place::before};
}

HttpFraming::Taken HttpFraming::take_line(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
        line_ += bytes;
        return {bytes.size(), false, false};
    }
    line_ += bytes.substr(0, end);
    if (place_ == Place::trailer) {
        place_ = line_.empty() || line_ == "\r" ? Place::before : Place::trailer;
    } else {
        const std::size_t size = std::stoul("0" + line_, nullptr, 16);
        left_ = size + 2;
        place_ = size == 0 ? Place::trailer : Place::chunk;
    }
    line_.clear();
    return {end + 1, false, place_ == Place::before};
}

std::string HttpFraming::word(int index) const {
    std::istringstream words(head_.substr(0, head_.find('\r')));
    std::string word;
    for (int i = 0; i <= index; ++i) {
        words >> word;
    }
    return word;
}

std::string HttpFraming::header(std::string_view name) const {
    std::istringstream lines(head_);
    std::string line;
    while (std::getline(lines, line)) {
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos && lower(line.substr(0, colon)) == name) {
            std::istringstream value(line.substr(colon + 1));
            std::string word;
            value >> word;
            return lower(word);
        }
    }
    return {};
}

}  // namespace faults
