#include "faults/proxy_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

#include "support/unix_socket.hpp"

namespace faults {
namespace {

using support::HttpMessage;

constexpr std::size_t most_waiting = 1 << 20;  // bytes that the other side has not taken

int connect_to_engine() {
    const char* host = std::getenv("DOCKER_HOST");
    constexpr std::string_view scheme = "unix://";
    if (host == nullptr || !std::string_view(host).starts_with(scheme)) {
        return -1;
    }
    return support::connect_to(host + scheme.size());
}

// The engine takes requests without a version as its own newest.
void take_version_from(std::string& request) {
    const std::size_t version = request.find(" /v");
    if (version != std::string::npos) {
        request.erase(version + 1, request.find('/', version + 2) - version - 1);
    }
}

std::string with_version(std::string_view reply, const std::string& version) {
    constexpr std::string_view header = "Api-Version: ";
    std::string text(reply);
    const std::size_t value = text.find(header);
    if (!version.empty() && value != std::string::npos) {
        const std::size_t begin = value + header.size();
        text.replace(begin, text.find('\r', begin) - begin, version);
    }
    return text;
}

// Writes what can be written; false when the other side is gone.
bool write_some(int descriptor, std::string& bytes) {
    while (!bytes.empty()) {
        const ssize_t count =
            ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        bytes.erase(0, static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

ProxyConnection::ProxyConnection(int client, CallLog& log)
    : log_(log), client_(client), engine_(connect_to_engine()) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(client, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0) {
        client_pid_ = credentials.pid;
    }
    if (engine_ < 0) {
        close_all();
    }
}

ProxyConnection::~ProxyConnection() { close_all(); }

void ProxyConnection::add_to(std::vector<pollfd>& waited, int& at_most) const {
    const bool held = is_held();
    if (held) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(*held_until_ - Clock::now()).count();
        at_most = at_most < 0 ? static_cast<int>(left) : std::min(at_most, static_cast<int>(left));
    }
    const auto events = [](bool reads, bool writes) {
        return static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
    };
    waited.push_back(
        {client_,
         events(!held && to_engine_.size() < most_waiting, streams_ || !to_client_.empty()), 0});
    waited.push_back(
        {engine_, events(to_client_.size() < most_waiting, !held && !to_engine_.empty()), 0});
}

void ProxyConnection::serve(short client_events, short engine_events) {
    if ((client_events & (POLLIN | POLLHUP | POLLERR)) != 0) {
        read_client();
    }
    if ((engine_events & (POLLIN | POLLHUP | POLLERR)) != 0 && engine_ >= 0) {
        read_engine();
    }
    if (!is_held() && client_ >= 0) {
        take_requests();
    }
    flush();
}

void ProxyConnection::read_client() {
    std::array<char, 65536> buffer;
    const ssize_t count = ::recv(client_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) {
        from_client_.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EAGAIN) {
        close_all();
    }
}

void ProxyConnection::read_engine() {
    std::array<char, 65536> buffer;
    const ssize_t count = ::recv(engine_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) {
        take_replies({buffer.data(), static_cast<std::size_t>(count)});
    } else if (count == 0 || errno != EAGAIN) {
        engine_closed();
    }
}

void ProxyConnection::take_requests() {
    while (!from_client_.empty() && client_ >= 0 && !is_held()) {
        if (request_.complete()) {
            request_ = HttpMessage(HttpMessage::Kind::request);
        }
        const bool had_head = request_.head_complete();
        const std::size_t taken = request_.take(from_client_);
        not_passed_on_ += from_client_.substr(0, taken);
        from_client_.erase(0, taken);
        if (!request_.head_complete()) {
            return;
        }
        if (!had_head) {
            begin_call();
            if (!log_.fault().api_version.empty()) {
                take_version_from(not_passed_on_);
            }
        }
        if (client_ >= 0 && is_passed_on()) {
            to_engine_ += not_passed_on_;
        }
        not_passed_on_.clear();
        if (client_ >= 0 && request_.complete()) {
            end_request();
        }
    }
}

void ProxyConnection::begin_call() {
    const CallLog::Begun begun = log_.begin(request_.word(0), request_.word(1));
    call_ = begun.index;
    fault_ = begun.fault;
    kept_reply_.clear();
    switch (fault_) {
        case Kind::closed_before: close_all(); break;
        case Kind::killed_before:
            kill_client();
            close_all();
            break;
        case Kind::signalled:
            ::kill(client_pid_, log_.fault().signal);
            held_until_ = Clock::now() + log_.fault().delay;
            break;
        case Kind::delayed: held_until_ = Clock::now() + log_.fault().delay; break;
        case Kind::none:
        case Kind::closed_after:
        case Kind::status_500:
        case Kind::status_503:
        case Kind::no_http:
        case Kind::half_a_reply:
        case Kind::endless_reply:
        case Kind::killed_after:
        case Kind::answered: break;
    }
}

bool ProxyConnection::is_passed_on() const {
    switch (fault_) {
        case Kind::closed_before:
        case Kind::killed_before:
        case Kind::status_500:
        case Kind::status_503:
        case Kind::no_http:
        case Kind::endless_reply:
        case Kind::answered: return false;
        case Kind::none:
        case Kind::closed_after:
        case Kind::killed_after:
        case Kind::delayed:
        case Kind::half_a_reply:
        case Kind::signalled: break;
    }
    return true;
}

bool ProxyConnection::is_answered() const {
    return fault_ == Kind::none || fault_ == Kind::delayed || fault_ == Kind::signalled;
}

bool ProxyConnection::is_endless() const {
    return request_.word(1).find("/events") != std::string::npos;
}

void ProxyConnection::end_request() {
    if (is_passed_on()) {
        return;
    }
    to_client_ += reply_of(log_.fault());
    streams_ = fault_ == Kind::endless_reply;
    closes_ = fault_ == Kind::no_http || fault_ == Kind::answered;
}

void ProxyConnection::take_replies(std::string_view bytes) {
    while (!bytes.empty() && client_ >= 0) {
        if (reply_.complete()) {
            reply_ = HttpMessage(HttpMessage::Kind::reply);
        }
        const bool had_head = reply_.head_complete();
        const std::size_t taken = reply_.take(bytes);
        const bool head_ended = !had_head && reply_.head_complete();
        if (head_ended) {
            log_.end(call_, reply_.status());
        }
        pass_reply(with_version(bytes.substr(0, taken), log_.fault().api_version));
        if (reply_.complete() || (head_ended && is_endless())) {
            end_reply();
        }
        bytes.remove_prefix(taken);
    }
}

void ProxyConnection::pass_reply(std::string_view bytes) {
    if (is_answered()) {
        to_client_ += bytes;
    } else {
        kept_reply_ += bytes;
    }
}

void ProxyConnection::end_reply() {
    switch (fault_) {
        case Kind::half_a_reply: close_at_half(); break;
        case Kind::killed_after: kill_client(); [[fallthrough]];
        case Kind::closed_after: close_all(); break;
        case Kind::none:
        case Kind::closed_before:
        case Kind::delayed:
        case Kind::status_500:
        case Kind::status_503:
        case Kind::no_http:
        case Kind::endless_reply:
        case Kind::killed_before:
        case Kind::signalled:
        case Kind::answered: break;
    }
}

void ProxyConnection::close_at_half() {
    const std::size_t head = kept_reply_.find("\r\n\r\n") + 4;
    const std::size_t body = kept_reply_.size() - head;
    if (body > 1) {
        to_client_ += kept_reply_.substr(0, head + body / 2);
    } else {
        to_client_ += "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Id\":";
    }
    closes_ = true;
}

void ProxyConnection::engine_closed() {
    if (!reply_.head().empty() && !reply_.complete() && !is_answered()) {
        end_reply();  // this kind of reply ends with the connection
    }
    if (engine_ >= 0) {
        ::close(engine_);
        engine_ = -1;
    }
    closes_ = true;
}

void ProxyConnection::flush() {
    if (client_ < 0) {
        return;
    }
    if (streams_ && to_client_.empty()) {
        to_client_.assign(65536, 'x');
    }
    if (!write_some(client_, to_client_)) {
        close_all();
        return;
    }
    if (engine_ >= 0 && !is_held() && !write_some(engine_, to_engine_)) {
        engine_closed();
    }
    if (closes_ && to_client_.empty()) {
        close_all();
    }
}

void ProxyConnection::kill_client() const { ::kill(client_pid_, SIGKILL); }

void ProxyConnection::close_all() {
    for (int* descriptor : {&client_, &engine_}) {
        if (*descriptor >= 0) {
            ::close(*descriptor);
            *descriptor = -1;
        }
    }
}

}  // namespace faults
