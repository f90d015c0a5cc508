#include "engine/open_stream.hpp"

#include <utility>

#include "engine/reply.hpp"

namespace engine {
namespace {

constexpr std::size_t longest_error_body = 64 * 1024;  // bytes

}  // namespace

OpenStream::OpenStream(SentCall sent, std::function<void()> on_open, Feed feed,
                       std::function<void(std::optional<Error>)> on_end)
    : sent_(std::move(sent)),
      on_open_(std::move(on_open)),
      feed_(std::move(feed)),
      on_end_(std::move(on_end)) {}

void OpenStream::close() {
    open_ = false;
    handle_.close();
}

void OpenStream::head(const http::Response& response) {
    head_ = response;
    sent_.trace_end(head_.status);
    if (accepted() && on_open_) {
        on_open_();
    }
}

void OpenStream::data(std::string_view bytes) {
    if (accepted()) {
        if (auto error = feed_(bytes, open_)) {
            finish(std::move(error));
        }
        return;
    }
    head_.body += bytes.substr(0, longest_error_body - head_.body.size());
    if (head_.body.size() == longest_error_body) {
        finish(refused(head_));
    }
}

void OpenStream::end(const std::optional<http::Failure>& failure) {
    if (head_.status == 0) {
        sent_.trace_end(0);
    }
    if (accepted() && !failure) {
        finish(std::nullopt);
    } else if (head_.status == 0 || accepted()) {
        const auto reason = failure.value_or(http::Failure{});
        finish(sent_.judge(tl::unexpected(reason)).error());
    } else {
        const auto judged = sent_.judge(head_);
        finish(judged ? refused(*judged) : judged.error());
    }
}

void OpenStream::finish(std::optional<Error> error) {
    if (!open_) {
        return;
    }
    close();
    if (on_end_) {
        on_end_(std::move(error));
    }
}

}  // namespace engine
