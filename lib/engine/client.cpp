#include "engine/client.hpp"

#include <fmt/format.h>

#include "engine/failure.hpp"
#include "engine/open_stream.hpp"
#include "engine/reply.hpp"
#include "engine/sent_call.hpp"
#include "engine/version.hpp"
#include "http/socket_transport.hpp"
#include "http/unix_connector.hpp"

namespace engine {
namespace {

http::Request ping() { return {.target = "/_ping", .timeout = std::chrono::seconds(10)}; }

// The newest version that the engine speaks.
Result<ApiVersion> read_ping(const http::Response& reply) {
    const auto malformed = [](std::string detail) {
        return tl::unexpected(Error(Malformed{http::summary(ping()), std::move(detail)}));
    };
    const auto header = reply.header("Api-Version");
    if (header.empty()) {
        return malformed(fmt::format("status {} without an Api-Version: this is no Docker Engine",
                                     reply.status));
    }
    if (reply.status != 200) {
        return tl::unexpected(refused(reply));
    }
    const auto version = parse_version(header);
    if (!version) {
        return malformed(fmt::format("an Api-Version of {}", one_line(header)));
    }
    return *version;
}

}  // namespace

struct Client::Core {
    [[nodiscard]] SentCall sent(const http::Request& request) const {
        return {request, address.url(), trace};
    }
    [[nodiscard]] http::Request prefixed(http::Request request) const {
        request.target.insert(0, "/v" + version);
        return request;
    }

    // What the reply to the ping says.
    [[nodiscard]] Result<Done> settle(const SentCall& sent, http::Reply reply);

    Address address;
    std::function<void(const Trace&)> trace;
    std::string version;
    std::unique_ptr<http::Transport> transport;
};

Result<Done> Client::Core::settle(const SentCall& sent, http::Reply reply) {
    if (!reply && reply.error().kind == http::Failure::Kind::timed_out) {
        return tl::unexpected(
            Error(Unreachable{Unreachable::Why::timed_out, address.url(), reply.error().detail}));
    }
    const auto newest = sent.judge(std::move(reply)).and_then(read_ping);
    if (!newest) {
        return tl::unexpected(newest.error());
    }
    const auto settled = settle_on(*newest);
    if (!settled) {
        return tl::unexpected(Error(VersionMismatch{.address = address.url(),
                                                    .engine_min = {},
                                                    .engine_max = to_string(*newest),
                                                    .ours_min = to_string(oldest_spoken),
                                                    .ours_max = to_string(newest_spoken)}));
    }
    version = to_string(*settled);
    return Done{};
}

Client::Client(base::Reactor& reactor, const Address& address,
               std::function<void(const Trace&)> trace)
    : Client(address,
             std::make_unique<http::SocketTransport>(
                 reactor, std::make_unique<http::UnixConnector>(address.socket_path())),
             std::move(trace)) {}

Client::Client(const Address& address, std::unique_ptr<http::Transport> transport,
               std::function<void(const Trace&)> trace)
    : core_(std::make_unique<Core>(Core{address, std::move(trace), {}, std::move(transport)})) {}

Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

void Client::connect(std::function<void(Result<Done>)> done) {
    core_->transport->send(ping(), [core = core_.get(), sent = core_->sent(ping()),
                                    done = std::move(done)](http::Reply reply) {
        sent.trace_end(reply ? reply->status : 0);
        done(core->settle(sent, std::move(reply)));
    });
}

void Client::send_request(http::Request request, std::function<void(Result<http::Response>)> done) {
    auto call = core_->sent(request);
    core_->transport->send(core_->prefixed(std::move(request)),
                           [call = std::move(call), done = std::move(done)](http::Reply reply) {
                               call.trace_end(reply ? reply->status : 0);
                               done(call.judge(std::move(reply)));
                           });
}

StreamHandle Client::open_stream(http::Request request, std::function<void()> on_open, Feed feed,
                                 std::function<void(std::optional<Error>)> on_end) {
    const auto stream = std::make_shared<OpenStream>(core_->sent(request), std::move(on_open),
                                                     std::move(feed), std::move(on_end));
    stream->set_handle(core_->transport->open(
        core_->prefixed(std::move(request)),
        {.on_head = [stream](const http::Response& response) { stream->head(response); },
         .on_data = [stream](std::string_view bytes) { stream->data(bytes); },
         .on_end =
             [stream](const std::optional<http::Failure>& failure) { stream->end(failure); }}));
    // The transport holds the stream while it lasts.
    return StreamHandle([watched = std::weak_ptr(stream)] {
        if (const auto open = watched.lock()) {
            open->close();
        }
    });
}

void Client::upgrade(http::Request request, std::function<void(Result<Upgraded>)> done) {
    auto sent = core_->sent(request);
    core_->transport->upgrade(
        core_->prefixed(std::move(request)),
        [sent = std::move(sent), done = std::move(done)](http::UpgradeReply reply) {
            sent.trace_end(reply ? reply->response.status : 0);
            if (reply && reply->connection) {
                done(Upgraded{std::move(reply->connection), std::move(reply->already_read)});
                return;
            }
            auto judged = sent.judge(reply ? http::Reply(std::move(reply->response))
                                           : tl::unexpected(std::move(reply.error())));
            done(tl::unexpected(judged ? Error(refused(*judged)) : std::move(judged.error())));
        });
}

const Address& Client::address() const { return core_->address; }

const std::string& Client::api_version() const { return core_->version; }

}  // namespace engine
