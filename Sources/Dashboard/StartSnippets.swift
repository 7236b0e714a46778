import Domain

/// How programs in common languages tell Pantau of what they send.
struct StartSnippets {
    struct Snippet {
        var name: String
        var code: String
    }
    /// Of this server, without a slash at its end.
    let address: String

    var all: [Snippet] {
        [
            Snippet(name: "curl", code: curl), Snippet(name: "Node.js", code: node),
            Snippet(name: "Python", code: python), Snippet(name: "PHP", code: php),
        ]
    }

    /// Sent to Meta with the message; comes back with each of its statuses.
    static let callback = #"""
        {
          "messaging_product": "whatsapp",
          "to": "6281234567890",
          "type": "template",
          "template": { "name": "promo_11_11", "language": { "code": "id" } },
          "biz_opaque_callback_data": "t=promo_11_11;k=marketing;c=11.11;uc=broadcast"
        }
        """#

    var curl: String {
        #"""
        curl -sS -X POST '\#(address)/api/v1/sends' \
          -H "Authorization: Bearer $PANTAU_KEY" \
          -H 'Content-Type: application/json' \
          -d '{
            "message_id": "wamid.HBgNNjI4MTIzNDU2Nzg5MA",
            "to": "6281234567890",
            "type": "template",
            "template": {"name": "promo_11_11", "language": "id", "category": "marketing"},
            "campaign": "11.11",
            "use_case": "broadcast"
          }'
        """#
    }

    var node: String {
        #"""
        // After Meta has answered: messageId is messages[0].id of its answer.
        async function tellPantau(messageId, to, template, campaign) {
          const response = await fetch("\#(address)/api/v1/sends", {
            method: "POST",
            headers: {
              Authorization: `Bearer ${process.env.PANTAU_KEY}`,
              "Content-Type": "application/json",
            },
            body: JSON.stringify({
              message_id: messageId,
              to,
              sent_at: new Date().toISOString(),
              type: "template",
              template,
              campaign,
            }),
          });
          if (!response.ok) console.error("Pantau:", response.status, await response.text());
        }

        await tellPantau(
          "wamid.HBgNNjI4MTIzNDU2Nzg5MQ",
          "6281234567890",
          { name: "promo_11_11", language: "id", category: "marketing" },
          "11.11",
        );
        """#
    }

    var python: String {
        #"""
        import json, os, urllib.error, urllib.request
        from datetime import datetime, timezone

        # After Meta has answered: message_id is messages[0].id of its answer.
        def tell_pantau(message_id, to, template, campaign):
            record = {
                "message_id": message_id,
                "to": to,
                "sent_at": datetime.now(timezone.utc).isoformat(),
                "type": "template",
                "template": template,
                "campaign": campaign,
            }
            request = urllib.request.Request(
                "\#(address)/api/v1/sends",
                data=json.dumps(record).encode(),
                headers={
                    "Authorization": "Bearer " + os.environ["PANTAU_KEY"],
                    "Content-Type": "application/json",
                },
            )
            try:
                urllib.request.urlopen(request, timeout=10).close()
            except urllib.error.HTTPError as error:
                print("Pantau:", error.code, error.read().decode())

        tell_pantau(
            "wamid.HBgNNjI4MTIzNDU2Nzg5Mg",
            "6281234567890",
            {"name": "promo_11_11", "language": "id", "category": "marketing"},
            "11.11",
        )
        """#
    }

    var php: String {
        #"""
        <?php
        // After Meta has answered: $messageId is messages[0].id of its answer.
        function tellPantau(string $messageId, string $to, array $template, string $campaign): void
        {
            $request = curl_init('\#(address)/api/v1/sends');
            curl_setopt_array($request, [
                CURLOPT_POST => true,
                CURLOPT_RETURNTRANSFER => true,
                CURLOPT_TIMEOUT => 10,
                CURLOPT_HTTPHEADER => [
                    'Authorization: Bearer ' . getenv('PANTAU_KEY'),
                    'Content-Type: application/json',
                ],
                CURLOPT_POSTFIELDS => json_encode([
                    'message_id' => $messageId,
                    'to' => $to,
                    'sent_at' => gmdate('Y-m-d\TH:i:s\Z'),
                    'type' => 'template',
                    'template' => $template,
                    'campaign' => $campaign,
                ]),
            ]);
            $answer = curl_exec($request);
            $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
            if ($status >= 300 || $answer === false) {
                error_log("Pantau: $status " . ($answer ?: curl_error($request)));
            }
        }

        tellPantau(
            'wamid.HBgNNjI4MTIzNDU2Nzg5Mw',
            '6281234567890',
            ['name' => 'promo_11_11', 'language' => 'id', 'category' => 'marketing'],
            '11.11'
        );
        """#
    }
}
