; Robots that ask over HTTP, by their own word in the User-Agent.
;
; These lines are specific and stand above those of browsers: an agent that drives a browser sends its
; headers, but says who it is. Words that browsers and libraries say as well are left out.

classes = win,unix,other

[http:request]

label = s:!:Googlebot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Googlebot]::

label = s:!:Bingbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[bingbot]::

label = s:!:YandexBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[YandexBot]::

label = s:!:Baiduspider:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Baiduspider]::

label = s:!:DuckDuckBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[DuckDuckBot]::

label = s:!:Applebot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Applebot]::

label = s:!:AhrefsBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[AhrefsBot]::

label = s:!:SemrushBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[SemrushBot]::

label = s:!:MJ12bot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[MJ12bot]::

label = s:!:DotBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[DotBot]::

label = s:!:PetalBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[PetalBot]::

label = s:!:Bytespider:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Bytespider]::

label = s:!:Amazonbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Amazonbot]::

label = s:!:GPTBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[GPTBot]::

label = s:!:OAI-SearchBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[OAI-SearchBot]::

label = s:!:ChatGPT-User:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[ChatGPT-User]::

label = s:!:ClaudeBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[ClaudeBot]::

label = s:!:PerplexityBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[PerplexityBot]::

label = s:!:CCBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[CCBot]::

label = s:!:Facebook:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[facebookexternalhit]::
sig   = *:User-Agent=[meta-externalagent]::

label = s:!:Twitterbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Twitterbot]::

label = s:!:LinkedInBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[LinkedInBot]::

label = s:!:Slackbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Slackbot]::

label = s:!:Discordbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Discordbot]::

label = s:!:TelegramBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[TelegramBot]::

label = s:!:Internet Archive:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[archive.org_bot]::

label = s:!:Censys:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[CensysInspect]::

label = s:!:ZGrab:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[zgrab]::

label = s:!:Nmap Scripting Engine:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Nmap Scripting Engine]::

label = s:!:Nikto:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Nikto]::

label = s:!:sqlmap:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[sqlmap/]::

label = s:!:Nuclei:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Nuclei]::

label = s:!:WPScan:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[WPScan]::

label = s:!:masscan:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[masscan/]::

label = s:!:AddSearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AddSearchBot]::

label = s:!:AgentTimes:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AgentTimes]::

label = s:!:AI2Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AI2Bot]::

label = s:!:Ai2Bot-Dolma:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Ai2Bot-Dolma]::

label = s:!:aiHitBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[aiHitBot]::

label = s:!:AIWebIndex:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AIWebIndex]::

label = s:!:amazon-kendra:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[amazon-kendra]::

label = s:!:amazon-QBusiness:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[amazon-QBusiness]::

label = s:!:AmazonBuyForMe:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AmazonBuyForMe]::

label = s:!:Amzn-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Amzn-SearchBot]::

label = s:!:Amzn-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Amzn-User]::

label = s:!:Andibot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Andibot]::

label = s:!:Anomura:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Anomura]::

label = s:!:anthropic-ai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[anthropic-ai]::

label = s:!:ApifyBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ApifyBot]::

label = s:!:ApifyWebsiteContentCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ApifyWebsiteContentCrawler]::

label = s:!:Aranet-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Aranet-SearchBot]::

label = s:!:atlassian-bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[atlassian-bot]::

label = s:!:Awario:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Awario]::

label = s:!:AzureAI-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AzureAI-SearchBot]::

label = s:!:bedrockbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[bedrockbot]::

label = s:!:bigsur.ai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[bigsur.ai]::

label = s:!:Bravebot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Bravebot]::

label = s:!:Brightbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Brightbot]::

label = s:!:BuddyBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[BuddyBot]::

label = s:!:Channel3Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Channel3Bot]::

label = s:!:ChatGLM-Spider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ChatGLM-Spider]::

label = s:!:ChatGPT Agent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ChatGPT Agent]::

label = s:!:Claude-Code:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-Code]::

label = s:!:Claude-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-SearchBot]::

label = s:!:Claude-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-User]::

label = s:!:Claude-Web:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-Web]::

label = s:!:Cloudflare-AutoRAG:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Cloudflare-AutoRAG]::

label = s:!:CloudVertexBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[CloudVertexBot]::

label = s:!:cohere-ai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[cohere-ai]::

label = s:!:cohere-training-data-crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[cohere-training-data-crawler]::

label = s:!:Cotoyogi:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Cotoyogi]::

label = s:!:CragCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[CragCrawler]::

label = s:!:Crawl4AI:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Crawl4AI]::

label = s:!:Crawlspace:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Crawlspace]::

label = s:!:Cursor:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Cursor]::

label = s:!:Datenbank Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Datenbank Crawler]::

label = s:!:DeepSeekBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[DeepSeekBot]::

label = s:!:Devin:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Devin]::

label = s:!:Diffbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Diffbot]::

label = s:!:DuckAssistBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[DuckAssistBot]::

label = s:!:Echobot Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Echobot Bot]::

label = s:!:EchoboxBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[EchoboxBot]::

label = s:!:ExaBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ExaBot]::

label = s:!:ExaSearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ExaSearchBot]::

label = s:!:FacebookBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[FacebookBot]::

label = s:!:Factset_spyderbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Factset_spyderbot]::

label = s:!:FirecrawlAgent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[FirecrawlAgent]::

label = s:!:FriendlyCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[FriendlyCrawler]::

label = s:!:GeistHaus-PageFetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GeistHaus-PageFetcher]::

label = s:!:Gemini-Deep-Research:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Gemini-Deep-Research]::

label = s:!:Google-Agent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Agent]::

label = s:!:Google-Extended:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Extended]::

label = s:!:Google-Firebase:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Firebase]::

label = s:!:Google-Gemini-CLI:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Gemini-CLI]::

label = s:!:GoogleAgent-Mariner:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GoogleAgent-Mariner]::

label = s:!:GoogleAgent-URLContext:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GoogleAgent-URLContext]::

label = s:!:GoogleOther:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GoogleOther]::

label = s:!:HenkBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[HenkBot]::

label = s:!:iAskBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[iAskBot]::

label = s:!:iaskspider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[iaskspider]::

label = s:!:ICC-Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ICC-Crawler]::

label = s:!:ImagesiftBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ImagesiftBot]::

label = s:!:imageSpider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[imageSpider]::

label = s:!:img2dataset:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[img2dataset]::

label = s:!:ISSCyberRiskCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ISSCyberRiskCrawler]::

label = s:!:kagi-fetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[kagi-fetcher]::

label = s:!:Kangaroo Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Kangaroo Bot]::

label = s:!:Kimi-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Kimi-User]::

label = s:!:KlaviyoAIBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[KlaviyoAIBot]::

label = s:!:KunatoCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[KunatoCrawler]::

label = s:!:laion-huggingface-processor:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[laion-huggingface-processor]::

label = s:!:LAIONDownloader:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[LAIONDownloader]::

label = s:!:Lightpanda:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Lightpanda]::

label = s:!:LinerBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[LinerBot]::

label = s:!:Linguee Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Linguee Bot]::

label = s:!:LinkupBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[LinkupBot]::

label = s:!:Manus-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Manus-User]::

label = s:!:Meta-ExternalAgent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Meta-ExternalAgent]::

label = s:!:meta-externalfetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[meta-externalfetcher]::

label = s:!:Meta-ExternalFetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Meta-ExternalFetcher]::

label = s:!:meta-webindexer:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[meta-webindexer]::

label = s:!:MistralAI-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[MistralAI-User]::

label = s:!:Mozilla-Tabstack:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Mozilla-Tabstack]::

label = s:!:MyCentralAIScraperBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[MyCentralAIScraperBot]::

label = s:!:NagetBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[NagetBot]::

label = s:!:netEstate Imprint Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[netEstate Imprint Crawler]::

label = s:!:newsai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[newsai]::

label = s:!:NotebookLM:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[NotebookLM]::

label = s:!:NovaAct:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[NovaAct]::

label = s:!:omgili:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[omgili]::

label = s:!:opencode:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[opencode]::

label = s:!:PanguBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[PanguBot]::

label = s:!:Panscient:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Panscient]::

label = s:!:panscient.com:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[panscient.com]::

label = s:!:Perplexity-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Perplexity-User]::

label = s:!:PhindBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[PhindBot]::

label = s:!:Poggio-Citations:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Poggio-Citations]::

label = s:!:Poseidon Research Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Poseidon Research Crawler]::

label = s:!:QualifiedBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[QualifiedBot]::

label = s:!:Querit-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Querit-SearchBot]::

label = s:!:QueritBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[QueritBot]::

label = s:!:QuillBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[QuillBot]::

label = s:!:quillbot.com:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[quillbot.com]::

label = s:!:Reflectionbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Reflectionbot]::

label = s:!:SBIntuitionsBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[SBIntuitionsBot]::

label = s:!:Scrapy:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Scrapy]::

label = s:!:Shap-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Shap-User]::

label = s:!:ShapBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ShapBot]::

label = s:!:Sidetrade indexer bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Sidetrade indexer bot]::

label = s:!:TavilyBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TavilyBot]::

label = s:!:Terra Cotta:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Terra Cotta]::

label = s:!:TerraCotta:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TerraCotta]::

label = s:!:Thinkbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Thinkbot]::

label = s:!:TikTokSpider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TikTokSpider]::

label = s:!:Timpibot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Timpibot]::

label = s:!:TongyiBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TongyiBot]::

label = s:!:TwinAgent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TwinAgent]::

label = s:!:UseAI:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[UseAI]::

label = s:!:VelenPublicWebCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[VelenPublicWebCrawler]::

label = s:!:WARDBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[WARDBot]::

label = s:!:Webzio-Extended:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Webzio-Extended]::

label = s:!:webzio-extended:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[webzio-extended]::

label = s:!:wpbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[wpbot]::

label = s:!:WRTNBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[WRTNBot]::

label = s:!:YandexAdditional:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[YandexAdditional]::

label = s:!:YiyanBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[YiyanBot]::

label = s:!:YouBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[YouBot]::

label = s:!:ZanistaBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ZanistaBot]::

label = s:!:007ac9 Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[007ac9 Crawler]::

label = s:!:2ip bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[2ip bot]::

label = s:!:360Spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[360Spider]::

label = s:!:7Siters:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[7Siters]::

label = s:!:A Patent Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[A Patent Crawler]::

label = s:!:A6-Indexer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[A6-Indexer]::

label = s:!:AASA-Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AASA-Bot]::

label = s:!:Aboundex:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Aboundex]::

label = s:!:abuse.xmco.fr:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[abuse.xmco.fr]::

label = s:!:AcademicBotRTU:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AcademicBotRTU]::

label = s:!:acapbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[acapbot]::

label = s:!:acoonbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[acoonbot]::

label = s:!:acunetix:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[acunetix]::

label = s:!:AdagioBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AdagioBot]::

label = s:!:AddThis:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AddThis]::

label = s:!:AdminLabs:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AdminLabs]::

label = s:!:advanced_crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[advanced_crawler]::

label = s:!:Adventurer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Adventurer]::

label = s:!:AGAKIDSBOT:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AGAKIDSBOT]::

label = s:!:AgencyAnalyticsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AgencyAnalyticsBot]::

label = s:!:air.ai/scanning:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[air.ai/scanning]::

label = s:!:AISearchBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AISearchBot]::

label = s:!:AkismetBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AkismetBot]::

label = s:!:alexa site audit:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[alexa site audit]::

label = s:!:AlexandriaOrgBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AlexandriaOrgBot]::

label = s:!:Algolia Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Algolia Crawler]::

label = s:!:alienfarm:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[alienfarm]::

label = s:!:AliyunSecBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AliyunSecBot]::

label = s:!:allOrigins:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[allOrigins]::

label = s:!:AlphaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AlphaBot]::

label = s:!:AmazonProductDiscovery:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AmazonProductDiscovery]::

label = s:!:AmazonSellerInitiatedListing:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AmazonSellerInitiatedListing]::

label = s:!:AndersPinkBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AndersPinkBot]::

label = s:!:antibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[antibot]::

label = s:!:Apercite:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Apercite]::

label = s:!:APIs-Google:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[APIs-Google]::

label = s:!:AppEngine-Google:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AppEngine-Google]::

label = s:!:AppSiteAssociation:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AppSiteAssociation]::

label = s:!:arabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[arabot]::

label = s:!:Aragog:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Aragog/]::

label = s:!:Aranea:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Aranea]::

label = s:!:Archive-It:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Archive-It]::

label = s:!:ArchiveBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ArchiveBot]::

label = s:!:ArchiveBox:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ArchiveBox]::

label = s:!:ArenaUnfurlBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ArenaUnfurlBot]::

label = s:!:Arquivo-web-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Arquivo-web-crawler]::

label = s:!:ArquivoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ArquivoBot]::

label = s:!:ArtemisBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ArtemisBot]::

label = s:!:Asana:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Asana/]::

label = s:!:asnriskscorer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[asnriskscorer]::

label = s:!:AspiegelBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AspiegelBot]::

label = s:!:Attracta:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Attracta]::

label = s:!:Audisto Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Audisto Crawler]::

label = s:!:AudistoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[AudistoBot]::

label = s:!:Authory:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Authory]::

label = s:!:Autoconfig Test from USTC:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Autoconfig Test from USTC]::

label = s:!:awesomecrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[awesomecrawler]::

label = s:!:B2B Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[B2B Bot]::

label = s:!:backlinkcrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[backlinkcrawler]::

label = s:!:Bad Neighborhood Header Detector:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Bad Neighborhood Header Detector]::

label = s:!:Barkrowler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Barkrowler]::

label = s:!:BDBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BDBot/]::

label = s:!:BDCbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BDCbot]::

label = s:!:BDFetch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BDFetch]::

label = s:!:BeeperBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BeeperBot]::

label = s:!:BehloolBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BehloolBot]::

label = s:!:betaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[betaBot]::

label = s:!:Bibliotheque Nacional de France Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Bibliotheque Nacional de France Crawler]::

label = s:!:BIGLOTRON:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BIGLOTRON]::

label = s:!:BigUpDataBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BigUpDataBot]::

label = s:!:BingPreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BingPreview/]::

label = s:!:binlar:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[binlar]::

label = s:!:BitBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BitBot]::

label = s:!:Bitbucket-Webhooks:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Bitbucket-Webhooks]::

label = s:!:bitdiscovery:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bitdiscovery]::

label = s:!:bitlybot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bitlybot]::

label = s:!:BitSightBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BitSightBot/]::

label = s:!:bl.uk_lddc_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bl.uk_lddc_bot]::

label = s:!:bl.uk_ldfc_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bl.uk_ldfc_bot]::

label = s:!:Blackboard:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Blackboard]::

label = s:!:BlackDuck-FD:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BlackDuck-FD]::

label = s:!:blekkobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[blekkobot]::

label = s:!:BLEXBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BLEXBot/]::

label = s:!:blogmuraBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[blogmuraBot]::

label = s:!:BLP_bbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BLP_bbot]::

label = s:!:Bluesky:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Bluesky/]::

label = s:!:bluesky-domain-status-classifier:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bluesky-domain-status-classifier]::

label = s:!:BlueskyPreviewBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BlueskyPreviewBot]::

label = s:!:bne.es_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bne.es_bot]::

label = s:!:bnf.fr_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bnf.fr_bot]::

label = s:!:BnFBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BnFBot]::

label = s:!:BoardGamePricesBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BoardGamePricesBot]::

label = s:!:BomboraBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BomboraBot]::

label = s:!:bot-pge.chlooe.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[bot-pge.chlooe.com]::

label = s:!:Bot.AraTurka.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Bot.AraTurka.com]::

label = s:!:botify:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[botify]::

label = s:!:BotPoke:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BotPoke]::

label = s:!:BoxcarBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BoxcarBot]::

label = s:!:br-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[br-crawler]::

label = s:!:brainobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[brainobot]::

label = s:!:BrandONbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BrandONbot]::

label = s:!:BrandVerity:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BrandVerity]::

label = s:!:Brandwatch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Brandwatch]::

label = s:!:BraveBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BraveBot]::

label = s:!:BrightEdge Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BrightEdge Crawler]::

label = s:!:brokenlinkcheck.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[brokenlinkcheck.com]::

label = s:!:BrowserBot-Observer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BrowserBot-Observer]::

label = s:!:BUbiNG:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BUbiNG]::

label = s:!:BublupBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BublupBot]::

label = s:!:BufferLinkPreviewBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[BufferLinkPreviewBot]::

label = s:!:Bushbaby:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Bushbaby]::

label = s:!:Butterfly:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Butterfly]::

label = s:!:buzzbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[buzzbot]::

label = s:!:CaliberBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CaliberBot]::

label = s:!:Caliperbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Caliperbot]::

label = s:!:CapitalOneShopping:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CapitalOneShopping]::

label = s:!:careerbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[careerbot]::

label = s:!:CC Metadata Scaper:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CC Metadata Scaper]::

label = s:!:CDSCbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CDSCbot]::

label = s:!:CentComBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CentComBot/]::

label = s:!:centuryb.o.t9:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[centuryb.o.t9]::

label = s:!:centurybot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[centurybot]::

label = s:!:CERT PL:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CERT PL]::

label = s:!:CertChief:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CertChief]::

label = s:!:certytags:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[certytags]::

label = s:!:ChargeBeeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ChargeBeeBot]::

label = s:!:Charlotte:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Charlotte]::

label = s:!:Chatwork LinkPreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Chatwork LinkPreview]::

label = s:!:Chrome Privacy Preserving Prefetch Proxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Chrome Privacy Preserving Prefetch Proxy]::

label = s:!:Cincraw:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cincraw]::

label = s:!:CirrusExplorer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CirrusExplorer]::

label = s:!:CISPA Webcrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CISPA Webcrawler]::

label = s:!:citeseerxbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[citeseerxbot]::

label = s:!:Citoid:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Citoid]::

label = s:!:ClarityBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ClarityBot/]::

label = s:!:CLASSLA-web:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CLASSLA-web]::

label = s:!:claudebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[claudebot]::

label = s:!:Clearscopebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Clearscopebot]::

label = s:!:ClickUpLinkUnfurler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ClickUpLinkUnfurler]::

label = s:!:Cliqzbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cliqzbot/]::

label = s:!:Cloudflare-Custom-Hostname-Verification:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cloudflare-Custom-Hostname-Verification]::

label = s:!:CloudFlare-Prefetch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CloudFlare-Prefetch]::

label = s:!:Cloudflare-Radar-Scanner:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cloudflare-Radar-Scanner]::

label = s:!:Cloudflare-SSLDetector:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cloudflare-SSLDetector]::

label = s:!:Cloudflare-Stream-Hook:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cloudflare-Stream-Hook]::

label = s:!:Cloudflare-Stream-Webhook:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cloudflare-Stream-Webhook]::

label = s:!:Cloudtrellis:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cloudtrellis]::

label = s:!:CMSChecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CMSChecker]::

label = s:!:coccoc:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[coccoc]::

label = s:!:Cocolyzebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cocolyzebot]::

label = s:!:CodaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CodaBot]::

label = s:!:cognitiveSEO Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[cognitiveSEO Bot]::

label = s:!:cognitiveseo.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[cognitiveseo.com]::

label = s:!:collection infegy.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[collection@infegy.com]::

label = s:!:Companybook-Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Companybook-Crawler]::

label = s:!:content crawler spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[content crawler spider]::

label = s:!:contentkingapp:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[contentkingapp]::

label = s:!:contxbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[contxbot]::

label = s:!:convera:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[convera]::

label = s:!:Convermax:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Convermax]::

label = s:!:cookie-maestro:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[cookie-maestro]::

label = s:!:Cookiebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cookiebot]::

label = s:!:CookieHub Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CookieHub Bot]::

label = s:!:CookieHubScan:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CookieHubScan]::

label = s:!:CookieHubVerify:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CookieHubVerify]::

label = s:!:CookieYesbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CookieYesbot]::

label = s:!:Coveobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Coveobot]::

label = s:!:crawl4ai:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[crawl4ai]::

label = s:!:crawler_eb_germany:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[crawler_eb_germany]::

label = s:!:Crawlson:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Crawlson]::

label = s:!:CrawlyProjectCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CrawlyProjectCrawler]::

label = s:!:Criticalcss.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Criticalcss.com]::

label = s:!:CrunchBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CrunchBot]::

label = s:!:crusty:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[crusty/]::

label = s:!:CrystalSemanticsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CrystalSemanticsBot]::

label = s:!:csirt.cz:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[csirt.cz]::

label = s:!:Cutbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Cutbot]::

label = s:!:CXK_Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CXK_Bot]::

label = s:!:CyberFindCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CyberFindCrawler]::

label = s:!:CyberPatrol:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CyberPatrol]::

label = s:!:CyotekWebCopy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[CyotekWebCopy]::

label = s:!:cypex.ai/scanning:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[cypex.ai/scanning]::

label = s:!:DaspeedBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DaspeedBot]::

label = s:!:Datafeedwatch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Datafeedwatch]::

label = s:!:DataForSeoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DataForSeoBot]::

label = s:!:datagnionbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[datagnionbot]::

label = s:!:Datanyze:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Datanyze]::

label = s:!:Dataprovider.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Dataprovider.com]::

label = s:!:Daum:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Daum/]::

label = s:!:daumoa:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[daumoa]::

label = s:!:Dazzle BlueSky Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Dazzle BlueSky Bot]::

label = s:!:dbot):
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[dbot)]::

label = s:!:dcrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[dcrawl]::

label = s:!:Dead Link Checker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Dead Link Checker]::

label = s:!:deadlinkchecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[deadlinkchecker]::

label = s:!:DeepCrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DeepCrawl]::

label = s:!:Deskyobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Deskyobot]::

label = s:!:Detectify:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Detectify]::

label = s:!:DeuSu:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DeuSu/]::

label = s:!:developers.google.com/ /web/snippet:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[developers.google.com/+/web/snippet]::

label = s:!:DF Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DF Bot]::

label = s:!:Digg Deeper:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Digg Deeper]::

label = s:!:DigiCert DCV:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DigiCert DCV]::

label = s:!:Digincore bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Digincore bot]::

label = s:!:DingTalkBot-LinkService:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DingTalkBot-LinkService]::

label = s:!:discobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[discobot]::

label = s:!:Discourse Forum Onebox:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Discourse Forum Onebox]::

label = s:!:Disqus:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Disqus]::

label = s:!:Dmbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Dmbot]::

label = s:!:DnBCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DnBCrawler]::

label = s:!:DNSScanner:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DNSScanner]::

label = s:!:DnyzBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DnyzBot]::

label = s:!:Do Not Track Verifier:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Do Not Track Verifier]::

label = s:!:Domain Re-Animator Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Domain Re-Animator Bot]::

label = s:!:domaincrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[domaincrawler]::

label = s:!:Domains Project:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Domains Project/]::

label = s:!:DomainStatsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DomainStatsBot]::

label = s:!:DomCopBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DomCopBot]::

label = s:!:dotbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[dotbot]::

label = s:!:Dragonbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Dragonbot]::

label = s:!:Dratabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Dratabot]::

label = s:!:drupact:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[drupact]::

label = s:!:DuckDuckGo-Favicons-Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[DuckDuckGo-Favicons-Bot]::

label = s:!:e.ventures Investment Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[e.ventures Investment Crawler]::

label = s:!:EasyBib AutoCite:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[EasyBib AutoCite]::

label = s:!:easybill-ImportManager:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[easybill-ImportManager]::

label = s:!:ec2linkfinder:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ec2linkfinder]::

label = s:!:edansbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[edansbot]::

label = s:!:edisterbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[edisterbot]::

label = s:!:electricmonk:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[electricmonk]::

label = s:!:elisabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[elisabot]::

label = s:!:EmailWolf:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[EmailWolf]::

label = s:!:Embedly:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Embedly]::

label = s:!:eMoneyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[eMoneyBot]::

label = s:!:epicbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[epicbot]::

label = s:!:EpivozCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[EpivozCrawler]::

label = s:!:eRepublik.tools:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[eRepublik.tools]::

label = s:!:eright:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[eright]::

label = s:!:europarchive.org:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[europarchive.org]::

label = s:!:ev-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ev-crawler/]::

label = s:!:evc-batch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[evc-batch]::

label = s:!:EvernoteRichLinkBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[EvernoteRichLinkBot]::

label = s:!:EveryoneSocialBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[EveryoneSocialBot]::

label = s:!:exabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[exabot]::

label = s:!:ExodusMovement:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ExodusMovement]::

label = s:!:Expanse:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Expanse]::

label = s:!:ExteContextCrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ExteContextCrawl]::

label = s:!:ExtLinksBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ExtLinksBot]::

label = s:!:Ezgif:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Ezgif]::

label = s:!:ezooms:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ezooms]::

label = s:!:Facebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Facebot]::

label = s:!:factset_spyderbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[factset_spyderbot]::

label = s:!:FAST Enterprise Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FAST Enterprise Crawler]::

label = s:!:FAST-WebCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FAST-WebCrawler]::

label = s:!:FastmailUA:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FastmailUA]::

label = s:!:FDL Stats Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FDL Stats Bot]::

label = s:!:Fedicabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Fedicabot]::

label = s:!:FediIndex:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FediIndex]::

label = s:!:Fedineko:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Fedineko]::

label = s:!:FedReporterDataBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FedReporterDataBot]::

label = s:!:Feed Image Audit:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Feed Image Audit]::

label = s:!:FemtosearchBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FemtosearchBot]::

label = s:!:Fetch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Fetch/]::

label = s:!:fidget-spinner-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[fidget-spinner-bot]::

label = s:!:filterdb.iss.net/crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[filterdb.iss.net/crawler]::

label = s:!:FindFiles.net:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FindFiles.net]::

label = s:!:FindITAnswersbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FindITAnswersbot]::

label = s:!:findlink:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[findlink]::

label = s:!:findthatfile:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[findthatfile]::

label = s:!:findxbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[findxbot]::

label = s:!:fiperbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[fiperbot]::

label = s:!:FirmoGraph:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FirmoGraph]::

label = s:!:Flamingo_SearchEngine:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Flamingo_SearchEngine]::

label = s:!:FleebsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FleebsBot]::

label = s:!:FlipboardProxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FlipboardProxy]::

label = s:!:Flyriverbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Flyriverbot]::

label = s:!:Foregenix:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Foregenix]::

label = s:!:fr-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[fr-crawler]::

label = s:!:Freespoke:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Freespoke/]::

label = s:!:Friendica:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Friendica]::

label = s:!:Friendly testing bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Friendly testing bot]::

label = s:!:friendly-spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[friendly-spider]::

label = s:!:fuelbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[fuelbot]::

label = s:!:FullStoryBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FullStoryBot/]::

label = s:!:Funnelback:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Funnelback]::

label = s:!:FuseonBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FuseonBot/]::

label = s:!:FyndSearchEngine-Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FyndSearchEngine-Crawler]::

label = s:!:FyndSearchEngine-ReCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[FyndSearchEngine-ReCrawler]::

label = s:!:Fyrebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Fyrebot]::

label = s:!:g00g1e.net:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[g00g1e.net]::

label = s:!:G2 Web Services:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[G2 Web Services]::

label = s:!:Gabanzabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gabanzabot/]::

label = s:!:Gaisbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gaisbot]::

label = s:!:GarlikCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GarlikCrawler]::

label = s:!:gdnplus.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[gdnplus.com]::

label = s:!:GeedoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GeedoBot]::

label = s:!:GeedoProductSearch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GeedoProductSearch]::

label = s:!:GeedoShopProductFinder:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GeedoShopProductFinder]::

label = s:!:Genieo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Genieo]::

label = s:!:getthit.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[getthit.com]::

label = s:!:GG PeekBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GG PeekBot]::

label = s:!:GIFTEDVISITOR SCAN:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GIFTEDVISITOR SCAN]::

label = s:!:Gigablast:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gigablast]::

label = s:!:Gigabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gigabot]::

label = s:!:GingerCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GingerCrawler]::

label = s:!:github-camo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[github-camo]::

label = s:!:GlobalWebSearch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GlobalWebSearch]::

label = s:!:Gluten Free Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gluten Free Crawler/]::

label = s:!:gnam gnam spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[gnam gnam spider]::

label = s:!:GnowitNewsbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GnowitNewsbot]::

label = s:!:Golfe:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Golfe/]::

label = s:!:Goodreads:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Goodreads]::

label = s:!:Goodzer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Goodzer]::

label = s:!:Google Favicon:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google Favicon]::

label = s:!:Google Web Preview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google Web Preview]::

label = s:!:Google-Apps-Script:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Apps-Script]::

label = s:!:Google-Area120:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Area120]::

label = s:!:Google-Certificates-Bridge:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Certificates-Bridge]::

label = s:!:Google-InspectionTool:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-InspectionTool]::

label = s:!:Google-PhysicalWeb:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-PhysicalWeb]::

label = s:!:Google-Read-Aloud:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Read-Aloud]::

label = s:!:Google-Safety:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Safety]::

label = s:!:Google-Site-Verification:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Site-Verification]::

label = s:!:Google-Structured-Data-Testing-Tool:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Structured-Data-Testing-Tool]::

label = s:!:Google-Trust-Services:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Google-Trust-Services/]::

label = s:!:google-xrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[google-xrawler]::

label = s:!:GoogleAssociationService:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GoogleAssociationService]::

label = s:!:GoogleDocs:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GoogleDocs]::

label = s:!:GoogleImageProxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GoogleImageProxy]::

label = s:!:GoogleProducer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GoogleProducer]::

label = s:!:GoPay:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GoPay]::

label = s:!:Gowikibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gowikibot]::

label = s:!:Grammarly:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Grammarly/]::

label = s:!:gregcrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[gregcrawler]::

label = s:!:Greppr Web Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Greppr Web Crawler]::

label = s:!:Grobbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Grobbot]::

label = s:!:GroupHigh:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GroupHigh/]::

label = s:!:GroupMeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GroupMeBot]::

label = s:!:Grover:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Grover/]::

label = s:!:grub.org:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[grub.org]::

label = s:!:gsa-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[gsa-crawler]::

label = s:!:gslfbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[gslfbot]::

label = s:!:GuestpostsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[GuestpostsBot/]::

label = s:!:Gulper Web Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Gulper Web Bot]::

label = s:!:HappyWing:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[HappyWing]::

label = s:!:Hardenize:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Hardenize]::

label = s:!:harsilbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[harsilbot/]::

label = s:!:Hatena:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Hatena]::

label = s:!:HawaiiBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[HawaiiBot]::

label = s:!:hCardValidator:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[hCardValidator]::

label = s:!:Hello World:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Hello World]::

label = s:!:HelloworkJobPostingBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[HelloworkJobPostingBot/]::

label = s:!:hgfAlphaXCrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[hgfAlphaXCrawl/]::

label = s:!:HIFIBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[HIFIBot/]::

label = s:!:Hlidam.to robot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Hlidam.to robot]::

label = s:!:Hotjar:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Hotjar]::

label = s:!:hstspreload-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[hstspreload-bot]::

label = s:!:HTTP Banner Detection:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[HTTP Banner Detection]::

label = s:!:HubSpot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[HubSpot]::

label = s:!:Huckabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Huckabot/]::

label = s:!:Hype Machine:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Hype Machine/]::

label = s:!:hypestat:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[hypestat]::

label = s:!:hyscore.io:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[hyscore.io]::

label = s:!:ia_archiver:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ia_archiver]::

label = s:!:IBM Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IBM Crawler]::

label = s:!:IbouBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IbouBot]::

label = s:!:ICBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ICBot/]::

label = s:!:ichiro:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ichiro]::

label = s:!:IDG/EU:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IDG/EU]::

label = s:!:Iframely:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Iframely]::

label = s:!:IFTTT:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IFTTT/]::

label = s:!:ImageFetcher:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ImageFetcher/]::

label = s:!:ImageMind:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ImageMind]::

label = s:!:imgproxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[imgproxy/]::

label = s:!:impendoom-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[impendoom-bot/]::

label = s:!:imrbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[imrbot]::

label = s:!:IndeedBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IndeedBot]::

label = s:!:IndeedJobBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IndeedJobBot]::

label = s:!:Indy Library:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Indy Library]::

label = s:!:INETDEX-BOT:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[INETDEX-BOT]::

label = s:!:infoobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[infoobot]::

label = s:!:Innguma:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Innguma/]::

label = s:!:Instapaper:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Instapaper/]::

label = s:!:Integromat:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Integromat/]::

label = s:!:integromedb:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[integromedb]::

label = s:!:intelium_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[intelium_bot]::

label = s:!:intelx.io_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[intelx.io_bot]::

label = s:!:InterfaxScanBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[InterfaxScanBot]::

label = s:!:InternetMeasurement:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[InternetMeasurement]::

label = s:!:IonCrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IonCrawl]::

label = s:!:ip-web-crawler.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ip-web-crawler.com]::

label = s:!:ips-agent:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ips-agent]::

label = s:!:IRLbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IRLbot]::

label = s:!:iskanie:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[iskanie]::

label = s:!:IstellaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[IstellaBot]::

label = s:!:it2media-domain-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[it2media-domain-crawler]::

label = s:!:iubenda-radar:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[iubenda-radar/]::

label = s:!:James BOT:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[James BOT]::

label = s:!:Jamie s Spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Jamie's Spider]::

label = s:!:Jetslide:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Jetslide]::

label = s:!:JobboerseBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[JobboerseBot]::

label = s:!:jobswithgptcom-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[jobswithgptcom-bot]::

label = s:!:Jooblebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Jooblebot]::

label = s:!:jpg-newsbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[jpg-newsbot]::

label = s:!:Jugendschutzprogramm-Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Jugendschutzprogramm-Crawler]::

label = s:!:Jumio:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Jumio]::

label = s:!:jyxobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[jyxobot]::

label = s:!:K7MLWCBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[K7MLWCBot]::

label = s:!:Kagibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Kagibot/]::

label = s:!:kaikki.org-digital-archive:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[kaikki.org-digital-archive]::

label = s:!:KangarooBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KangarooBot/]::

label = s:!:kazbtbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[kazbtbot/]::

label = s:!:kb.dk_bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[kb.dk_bot]::

label = s:!:Kemvibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Kemvibot]::

label = s:!:KendraBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KendraBot]::

label = s:!:KeybaseBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KeybaseBot]::

label = s:!:Keydrop.io:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Keydrop.io]::

label = s:!:keys-so-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[keys-so-bot]::

label = s:!:kinsta-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[kinsta-bot]::

label = s:!:Klaviyo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Klaviyo/]::

label = s:!:KomodiaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KomodiaBot]::

label = s:!:Konturbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Konturbot/]::

label = s:!:KosmioBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KosmioBot]::

label = s:!:KrawlerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KrawlerBot]::

label = s:!:KStandBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[KStandBot]::

label = s:!:Kukei.eu-Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Kukei.eu-Bot/]::

label = s:!:l9explore:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[l9explore]::

label = s:!:l9scan:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[l9scan]::

label = s:!:LAC_IAHarvester:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LAC_IAHarvester]::

label = s:!:Landau-Media-Spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Landau-Media-Spider]::

label = s:!:Laserlikebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Laserlikebot]::

label = s:!:LastModBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LastModBot/]::

label = s:!:lb-spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[lb-spider]::

label = s:!:LegalMonster:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LegalMonster]::

label = s:!:Leikibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Leikibot]::

label = s:!:Lemmy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Lemmy]::

label = s:!:Let s Encrypt:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Let's Encrypt]::

label = s:!:Level9SearchBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Level9SearchBot/]::

label = s:!:Library Of Congress Web Archiving:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Library Of Congress Web Archiving]::

label = s:!:LightspeedSystemsCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LightspeedSystemsCrawler]::

label = s:!:Linespider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Linespider]::

label = s:!:LinkAce:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinkAce/]::

label = s:!:linkapediabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[linkapediabot]::

label = s:!:LinkArchiver:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinkArchiver]::

label = s:!:LinkCheckerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinkCheckerBot]::

label = s:!:linkdex:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[linkdex]::

label = s:!:LinkisBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinkisBot]::

label = s:!:linkReader:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[linkReader/]::

label = s:!:LinksIndexerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinksIndexerBot/]::

label = s:!:LinkTiger:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinkTiger]::

label = s:!:LinkWalker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LinkWalker/]::

label = s:!:lipperhey:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[lipperhey]::

label = s:!:loc.gov/programs/web-archiving:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[loc.gov/programs/web-archiving]::

label = s:!:LoomlyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[LoomlyBot]::

label = s:!:lssbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[lssbot]::

label = s:!:lssrocketcrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[lssrocketcrawler]::

label = s:!:ltx71:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ltx71]::

label = s:!:Luminator-robots:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Luminator-robots]::

label = s:!:lyonl-asset-proxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[lyonl-asset-proxy]::

label = s:!:lyonl-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[lyonl-crawler]::

label = s:!:MaCoCu:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MaCoCu]::

label = s:!:Macrobondbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Macrobondbot]::

label = s:!:MADBbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MADBbot/]::

label = s:!:Magellan:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Magellan]::

label = s:!:MagiBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MagiBot]::

label = s:!:magicsearchdev:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[magicsearchdev/]::

label = s:!:Magnet.me-web:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Magnet.me-web/]::

label = s:!:magpie-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[magpie-crawler]::

label = s:!:Mail.RU_Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Mail.RU_Bot]::

label = s:!:MainWP:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MainWP/]::

label = s:!:Make:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Make/]::

label = s:!:ManageWP:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ManageWP]::

label = s:!:mappydata:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[mappydata]::

label = s:!:MarketGoo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MarketGoo/]::

label = s:!:MarketingMiner:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MarketingMiner]::

label = s:!:masscan:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[masscan]::

label = s:!:Mastodon:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Mastodon]::

label = s:!:MatchorySearch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MatchorySearch]::

label = s:!:Mattermost-Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Mattermost-Bot/]::

label = s:!:MauiBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MauiBot]::

label = s:!:Mavifinds:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Mavifinds]::

label = s:!:MB-LinkChecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MB-LinkChecker]::

label = s:!:MBCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MBCrawler]::

label = s:!:MedialogiaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MedialogiaBot]::

label = s:!:MediaMonitoringBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MediaMonitoringBot/]::

label = s:!:Mediumbot-MetaTagFetcher:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Mediumbot-MetaTagFetcher]::

label = s:!:MegaIndex:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MegaIndex]::

label = s:!:MeltwaterNews:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MeltwaterNews]::

label = s:!:memorybot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[memorybot]::

label = s:!:MergadoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MergadoBot]::

label = s:!:Meta-ExternalHit:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Meta-ExternalHit/]::

label = s:!:MetaIAB Facebook:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MetaIAB Facebook]::

label = s:!:MetaInspector:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MetaInspector]::

label = s:!:MetaJobBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MetaJobBot]::

label = s:!:MetaURI:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MetaURI]::

label = s:!:Metorik:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Metorik]::

label = s:!:MicrosoftPreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MicrosoftPreview/]::

label = s:!:mindUpBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[mindUpBot]::

label = s:!:Miniature.io:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Miniature.io/]::

label = s:!:mirrorweb.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[mirrorweb.com]::

label = s:!:MirrorWebCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MirrorWebCrawler]::

label = s:!:MissinglettrBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MissinglettrBot/]::

label = s:!:mithril-crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[mithril-crawler]::

label = s:!:MixnodeCache:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MixnodeCache/]::

label = s:!:mlbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[mlbot]::

label = s:!:ModernizeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ModernizeBot]::

label = s:!:ModularConnector:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ModularConnector/]::

label = s:!:MojeekBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MojeekBot/]::

label = s:!:Mollie HTTP client:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Mollie HTTP client]::

label = s:!:Monibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Monibot]::

label = s:!:MonTools.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MonTools.com]::

label = s:!:MoodleBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MoodleBot]::

label = s:!:Moreover:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Moreover]::

label = s:!:MotoMinerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MotoMinerBot/]::

label = s:!:MRGbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MRGbot/]::

label = s:!:msnbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[msnbot]::

label = s:!:msrbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[msrbot]::

label = s:!:MTRobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MTRobot]::

label = s:!:MuckRack:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MuckRack]::

label = s:!:Multiviewbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Multiviewbot]::

label = s:!:my-tiny-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[my-tiny-bot]::

label = s:!:MyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[MyBot/]::

label = s:!:NapBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NapBot]::

label = s:!:NaverBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NaverBot]::

label = s:!:nbertaupete95:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[nbertaupete95]::

label = s:!:Neevabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Neevabot]::

label = s:!:NerdByNature.Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NerdByNature.Bot]::

label = s:!:nerdybot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[nerdybot]::

label = s:!:Nessus:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nessus]::

label = s:!:NestDaddybot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NestDaddybot]::

label = s:!:NetAPI:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NetAPI]::

label = s:!:Netcraft SSL Server Survey:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Netcraft SSL Server Survey]::

label = s:!:NetcraftSurveyAgent:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NetcraftSurveyAgent]::

label = s:!:netEstate NE Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[netEstate NE Crawler]::

label = s:!:Neticle Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Neticle Crawler]::

label = s:!:NetpeakCheckerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NetpeakCheckerBot/]::

label = s:!:netresearchserver:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[netresearchserver]::

label = s:!:NetSystemsResearch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NetSystemsResearch]::

label = s:!:newsharecounts:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[newsharecounts]::

label = s:!:NewsNow:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NewsNow/]::

label = s:!:Nicecrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nicecrawler]::

label = s:!:niki-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[niki-bot]::

label = s:!:Nimbostratus-Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nimbostratus-Bot]::

label = s:!:NING:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NING/]::

label = s:!:NINJA bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NINJA bot]::

label = s:!:Nitro:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nitro-]::

label = s:!:NitroBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NitroBot]::

label = s:!:NLNZ_IAHarvester:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NLNZ_IAHarvester]::

label = s:!:NLUX_IAHarvester:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NLUX_IAHarvester]::

label = s:!:nomore404.com robot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[nomore404.com robot]::

label = s:!:noorobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[noorobot]::

label = s:!:Nooshub:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nooshub/]::

label = s:!:Notabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Notabot]::

label = s:!:Notion:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Notion/]::

label = s:!:Novaact:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Novaact/]::

label = s:!:Novellum:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Novellum]::

label = s:!:NsToolsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NsToolsBot/]::

label = s:!:NTENTbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[NTENTbot]::

label = s:!:Nutch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nutch]::

label = s:!:Nuzzel:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Nuzzel]::

label = s:!:nvdorz:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[nvdorz]::

label = s:!:nyt_scraping:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[nyt_scraping]::

label = s:!:Ocarinabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Ocarinabot]::

label = s:!:Odin:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Odin;]::

label = s:!:OdklBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OdklBot/]::

label = s:!:officestorebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[officestorebot]::

label = s:!:Offline Explorer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Offline Explorer]::

label = s:!:OICrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OICrawler]::

label = s:!:Omnisend:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Omnisend/]::

label = s:!:OnCrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OnCrawl/]::

label = s:!:Online Domain Tools:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Online Domain Tools]::

label = s:!:online-webceo-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[online-webceo-bot]::

label = s:!:OpenGraph.io:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OpenGraph.io/]::

label = s:!:OpenGraphCheck:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OpenGraphCheck]::

label = s:!:OpenHoseBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OpenHoseBot]::

label = s:!:openindexspider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[openindexspider]::

label = s:!:OpenTheBoxBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OpenTheBoxBot]::

label = s:!:OpenVAS:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OpenVAS]::

label = s:!:Operator:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Operator/]::

label = s:!:Optimizer):
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Optimizer)]::

label = s:!:OrangeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OrangeBot/]::

label = s:!:Orbbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Orbbot/]::

label = s:!:Orlo-LinkPreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Orlo-LinkPreview/]::

label = s:!:OutsellURLValidator:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[OutsellURLValidator]::

label = s:!:Owler (ows.eu:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Owler (ows.eu]::

label = s:!:page-preview-tool:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[page-preview-tool]::

label = s:!:PagePeeker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PagePeeker/]::

label = s:!:PageThing:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PageThing]::

label = s:!:Pandalytics:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Pandalytics]::

label = s:!:panscient:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[panscient]::

label = s:!:PaperLiBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PaperLiBot]::

label = s:!:Paqlebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Paqlebot/]::

label = s:!:parse.ly scraper:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[parse.ly scraper/]::

label = s:!:PayPal:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PayPal/]::

label = s:!:PDF24 URL To PDF:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PDF24 URL To PDF]::

label = s:!:Penthouse Critical Path CSS Generator:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Penthouse Critical Path CSS Generator]::

label = s:!:PerplexityUser:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PerplexityUser]::

label = s:!:PhxBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PhxBot]::

label = s:!:pinterest.com/bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[pinterest.com/bot]::

label = s:!:PiplBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PiplBot]::

label = s:!:PlayStore-Google:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PlayStore-Google]::

label = s:!:Plesk screenshot bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Plesk screenshot bot]::

label = s:!:PocketParser:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PocketParser]::

label = s:!:postrank:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[postrank]::

label = s:!:Potions:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Potions/]::

label = s:!:PressEngineBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PressEngineBot]::

label = s:!:PricedroneShoppingBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PricedroneShoppingBot/]::

label = s:!:PriEcoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PriEcoBot/]::

label = s:!:Primalbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Primalbot]::

label = s:!:PrintFriendly.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PrintFriendly.com]::

label = s:!:PrivacyAwareBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PrivacyAwareBot]::

label = s:!:Pro-Sitemaps:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Pro-Sitemaps/]::

label = s:!:ProbelySPDR:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ProbelySPDR/]::

label = s:!:ProjectShield-UrlCheck:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ProjectShield-UrlCheck]::

label = s:!:PS_Daily:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PS_Daily/]::

label = s:!:psbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[psbot]::

label = s:!:purebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[purebot]::

label = s:!:PWABuilderHttpAgent:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[PWABuilderHttpAgent]::

label = s:!:Pywikibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Pywikibot/]::

label = s:!:Quora-Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Quora-Bot]::

label = s:!:Qwantbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Qwantbot]::

label = s:!:Qwantify:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Qwantify]::

label = s:!:rakutenusabot-image:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[rakutenusabot-image/]::

label = s:!:RankActiveLinkBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RankActiveLinkBot]::

label = s:!:RankurBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RankurBot/]::

label = s:!:RavenCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RavenCrawler/]::

label = s:!:Readable:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Readable/]::

label = s:!:Recurly Webhooks:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Recurly Webhooks/]::

label = s:!:redditbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[redditbot]::

label = s:!:Reelevant:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Reelevant/]::

label = s:!:Refindbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Refindbot]::

label = s:!:RegionStuttgartBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RegionStuttgartBot]::

label = s:!:remove.bg:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[remove.bg/]::

label = s:!:RepoLookoutBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RepoLookoutBot]::

label = s:!:ResearchBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ResearchBot]::

label = s:!:researchscan.comsys.rwth-aachen.de:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[researchscan.comsys.rwth-aachen.de]::

label = s:!:Retool:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Retool/]::

label = s:!:RetrevoPageAnalyzer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RetrevoPageAnalyzer]::

label = s:!:RetroListeCOM:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RetroListeCOM/]::

label = s:!:ReverseEngineeringBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ReverseEngineeringBot]::

label = s:!:RevvimGort:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RevvimGort/]::

label = s:!:reward-gateway:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[reward-gateway]::

label = s:!:RidderBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RidderBot]::

label = s:!:Riddler (http //riddler.io:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Riddler (http://riddler.io]::

label = s:!:Rivva:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Rivva]::

label = s:!:RobotsChecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RobotsChecker/]::

label = s:!:rogerbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[rogerbot]::

label = s:!:RSiteAuditor:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RSiteAuditor]::

label = s:!:RyteBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[RyteBot]::

label = s:!:s4a-probe-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[s4a-probe-bot/]::

label = s:!:SafeDNSBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SafeDNSBot]::

label = s:!:SafeSearch microdata crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SafeSearch microdata crawler]::

label = s:!:SandobaCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SandobaCrawler/]::

label = s:!:Sansec Security Monitor:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sansec Security Monitor/]::

label = s:!:SBL-BOT:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SBL-BOT]::

label = s:!:Schema-Markup-Validator:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Schema-Markup-Validator]::

label = s:!:Scoop.it:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Scoop.it/]::

label = s:!:ScoutJet:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ScoutJet]::

label = s:!:ScrapeheroBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ScrapeheroBot/]::

label = s:!:Screaming Frog SEO Spider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Screaming Frog SEO Spider]::

label = s:!:screeenly-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[screeenly-bot]::

label = s:!:scribdbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[scribdbot]::

label = s:!:Scrubby:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Scrubby]::

label = s:!:search.marginalia.nu:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[search.marginalia.nu]::

label = s:!:SearchAtlas:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SearchAtlas]::

label = s:!:Searcherweb:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Searcherweb]::

label = s:!:Searcherxweb:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Searcherxweb]::

label = s:!:SearchExpress:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SearchExpress]::

label = s:!:SEBot-WA:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SEBot-WA]::

label = s:!:SecurityHeaders:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SecurityHeaders]::

label = s:!:Seekbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Seekbot]::

label = s:!:Seekport:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Seekport]::

label = s:!:seewithkids:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[seewithkids]::

label = s:!:semaltbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[semaltbot/]::

label = s:!:semantic-visions:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[semantic-visions]::

label = s:!:semanticbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[semanticbot]::

label = s:!:SemanticScholarBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SemanticScholarBot]::

label = s:!:sempi.tech:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[sempi.tech]::

label = s:!:SendGrid Event API:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SendGrid Event API]::

label = s:!:SentiBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SentiBot]::

label = s:!:SenutoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SenutoBot]::

label = s:!:seo-audit-check-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[seo-audit-check-bot/]::

label = s:!:seo4ajax.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[seo4ajax.com]::

label = s:!:SeobilityBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SeobilityBot]::

label = s:!:SEOkicks:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SEOkicks]::

label = s:!:SEOlizer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SEOlizer]::

label = s:!:seoLyt:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[seoLyt]::

label = s:!:seoscanners:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[seoscanners]::

label = s:!:SeoSiteCheckup:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SeoSiteCheckup]::

label = s:!:seostar.co:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[seostar.co]::

label = s:!:SeoulBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SeoulBot]::

label = s:!:SERankingBacklinksBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SERankingBacklinksBot]::

label = s:!:SerendeputyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SerendeputyBot]::

label = s:!:serpstatbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[serpstatbot/]::

label = s:!:SERPtimizerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SERPtimizerBot]::

label = s:!:ServerHunterSpider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ServerHunterSpider/]::

label = s:!:SeznamBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SeznamBot]::

label = s:!:SeznamHomepageCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SeznamHomepageCrawler/]::

label = s:!:SFDC-Callout:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SFDC-Callout/]::

label = s:!:Shopify-Captain-Hook:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Shopify-Captain-Hook]::

label = s:!:Shortwave Image Fetcher:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Shortwave Image Fetcher]::

label = s:!:Silk:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Silk/]::

label = s:!:SimpleScraper:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SimpleScraper]::

label = s:!:SinceraSyntheticUser:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SinceraSyntheticUser/]::

label = s:!:SiteAuditBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SiteAuditBot/]::

label = s:!:sitebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[sitebot]::

label = s:!:sitebulb:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[sitebulb]::

label = s:!:SiteCheck-sitecrawl:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SiteCheck-sitecrawl]::

label = s:!:SiteCheckerBotCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SiteCheckerBotCrawler]::

label = s:!:siteexplorer.info:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[siteexplorer.info]::

label = s:!:SiteScoreBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SiteScoreBot]::

label = s:!:SiteSearch360:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SiteSearch360/]::

label = s:!:SitesOverPagesBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SitesOverPagesBot]::

label = s:!:SiteSucker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SiteSucker]::

label = s:!:Skroutz ImageBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Skroutz ImageBot]::

label = s:!:SkroutzBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SkroutzBot]::

label = s:!:SkypeUriPreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SkypeUriPreview]::

label = s:!:SkyworkSpider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SkyworkSpider]::

label = s:!:SlaccaleBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SlaccaleBot]::

label = s:!:Slack-ImgProxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Slack-ImgProxy]::

label = s:!:SlickBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SlickBot/]::

label = s:!:Slurp:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Slurp]::

label = s:!:SmarshBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SmarshBot]::

label = s:!:smtbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[smtbot]::

label = s:!:SMTnetPMBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SMTnetPMBot]::

label = s:!:Snacktory:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Snacktory]::

label = s:!:Snap URL Preview Service:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Snap URL Preview Service]::

label = s:!:SnapURLPreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SnapURLPreview/]::

label = s:!:Snipcart:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Snipcart/]::

label = s:!:SocialRankIOBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SocialRankIOBot]::

label = s:!:Software-Security-Research:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Software-Security-Research]::

label = s:!:Sogou:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sogou]::

label = s:!:Sonic:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sonic]::

label = s:!:Sora POS:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sora POS/]::

label = s:!:Sosospider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sosospider]::

label = s:!:SparkPost:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SparkPost]::

label = s:!:SparkShipping:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SparkShipping]::

label = s:!:Spawning-AI:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Spawning-AI]::

label = s:!:spbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[spbot]::

label = s:!:SpiderLing:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SpiderLing]::

label = s:!:sqlmap:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[sqlmap]::

label = s:!:SSL Labs:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SSL Labs]::

label = s:!:SSSSBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SSSSBot/]::

label = s:!:Stape:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Stape/]::

label = s:!:startmebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[startmebot/]::

label = s:!:StartpagePrivateImageProxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[StartpagePrivateImageProxy/]::

label = s:!:Statabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Statabot/]::

label = s:!:StatistikAustria:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[StatistikAustria/]::

label = s:!:StatsDroneBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[StatsDroneBot]::

label = s:!:StatusNestBacklinkSpider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[StatusNestBacklinkSpider]::

label = s:!:stepstoneCrawlBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[stepstoneCrawlBot]::

label = s:!:Storebot-Google:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Storebot-Google]::

label = s:!:StorygizeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[StorygizeBot]::

label = s:!:StractBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[StractBot]::

label = s:!:Stripe:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Stripe/]::

label = s:!:Sucuri:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sucuri]::

label = s:!:SummalyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SummalyBot]::

label = s:!:summify:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[summify]::

label = s:!:Supabase Paired Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Supabase Paired Crawler]::

label = s:!:SurdotlyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SurdotlyBot]::

label = s:!:SurveyBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SurveyBot]::

label = s:!:SustainabilityCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SustainabilityCrawler]::

label = s:!:Svix-Webhooks:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Svix-Webhooks/]::

label = s:!:Swiftbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Swiftbot]::

label = s:!:SwifteqLinkChecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SwifteqLinkChecker]::

label = s:!:SWIMGBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[SWIMGBot]::

label = s:!:Swisscows:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Swisscows]::

label = s:!:Synapse:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Synapse]::

label = s:!:Sysomos:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Sysomos]::

label = s:!:t3versionsBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[t3versionsBot]::

label = s:!:TactiScout:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TactiScout/]::

label = s:!:tagoobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[tagoobot]::

label = s:!:TangibleeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TangibleeBot]::

label = s:!:TaraGroup Intelligent Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TaraGroup Intelligent Bot]::

label = s:!:tchelebi:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[tchelebi/]::

label = s:!:Teoma:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Teoma]::

label = s:!:Test Certificate Info:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Test Certificate Info]::

label = s:!:test-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[test-bot]::

label = s:!:Testcrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Testcrawler]::

label = s:!:TestURI:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TestURI]::

label = s:!:TextRazor:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TextRazor]::

label = s:!:The Knowledge AI:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[The Knowledge AI]::

label = s:!:TheInternetSearchx:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TheInternetSearchx]::

label = s:!:thesis-research-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[thesis-research-bot]::

label = s:!:Thinklab:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Thinklab]::

label = s:!:tigerbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[tigerbot]::

label = s:!:TinEye:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TinEye]::

label = s:!:TLS tester:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TLS tester]::

label = s:!:TombaPublicWebCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TombaPublicWebCrawler]::

label = s:!:top100.rambler.ru crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[top100.rambler.ru crawler]::

label = s:!:toplistbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[toplistbot]::

label = s:!:ToutiaoSpider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ToutiaoSpider]::

label = s:!:Traackr.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Traackr.com]::

label = s:!:tracemyfile:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[tracemyfile]::

label = s:!:Trellis-Services:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Trellis-Services]::

label = s:!:trendictionbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[trendictionbot]::

label = s:!:TrendsmapResolver:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TrendsmapResolver]::

label = s:!:trentwil.es:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[trentwil.es]::

label = s:!:Trove:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Trove]::

label = s:!:trovitBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[trovitBot]::

label = s:!:Trustly:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Trustly/]::

label = s:!:TSM-turingos:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TSM-turingos]::

label = s:!:Tumblr:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Tumblr/]::

label = s:!:Turnitin:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Turnitin]::

label = s:!:Tweakers:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Tweakers]::

label = s:!:tweetedtimes:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[tweetedtimes]::

label = s:!:TweetmemeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TweetmemeBot]::

label = s:!:twengabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[twengabot]::

label = s:!:TwilioProxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TwilioProxy/]::

label = s:!:Twingly:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Twingly]::

label = s:!:TwinWaveScanner:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[TwinWaveScanner]::

label = s:!:Twurly:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Twurly]::

label = s:!:UASlinkChecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[UASlinkChecker/]::

label = s:!:UGAResearchAgent:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[UGAResearchAgent]::

label = s:!:Unshorten.It!:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Unshorten.It!]::

label = s:!:Upflow:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Upflow]::

label = s:!:urlappendbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[urlappendbot]::

label = s:!:UrlBeeBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[UrlBeeBot]::

label = s:!:Urlcheckr:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Urlcheckr/]::

label = s:!:URLSuMaBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[URLSuMaBot]::

label = s:!:useeBookChecker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[useeBookChecker/]::

label = s:!:UsineNouvelleCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[UsineNouvelleCrawler]::

label = s:!:UT-Dorkbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[UT-Dorkbot]::

label = s:!:Vagabondo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Vagabondo/]::

label = s:!:Valve/Steam:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Valve/Steam]::

label = s:!:VaultPress:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[VaultPress]::

label = s:!:vebidoobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[vebidoobot]::

label = s:!:Veoozbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Veoozbot]::

label = s:!:vercel-screenshot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[vercel-screenshot]::

label = s:!:Vercelbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Vercelbot]::

label = s:!:Verispider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Verispider]::

label = s:!:Viber:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Viber]::

label = s:!:videootvBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[videootvBot]::

label = s:!:virustotal:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[virustotal]::

label = s:!:visionheight.com/scan:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[visionheight.com/scan]::

label = s:!:VKRobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[VKRobot]::

label = s:!:vkShare:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[vkShare]::

label = s:!:voilabot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[voilabot]::

label = s:!:VsuSearchSpider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[VsuSearchSpider/]::

label = s:!:vu-server-health-scanner:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[vu-server-health-scanner/]::

label = s:!:vuhuvBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[vuhuvBot]::

label = s:!:WadooBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WadooBot]::

label = s:!:WanscannerBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WanscannerBot]::

label = s:!:watchTowr:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[watchTowr]::

label = s:!:Wayback:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Wayback]::

label = s:!:wbsearchbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[wbsearchbot]::

label = s:!:Web Measure:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Web Measure/]::

label = s:!:Web Screen Service By hyperhost:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Web Screen Service By hyperhost]::

label = s:!:web-archive-net.com.bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[web-archive-net.com.bot]::

label = s:!:WebCapture:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebCapture]::

label = s:!:WebCEO Online:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebCEO Online/]::

label = s:!:webcompanycrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[webcompanycrawler]::

label = s:!:WebCopier:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebCopier]::

label = s:!:WebDataStats:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebDataStats]::

label = s:!:Webflow:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Webflow]::

label = s:!:webprosbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[webprosbot/]::

label = s:!:Website-info.net-Robot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Website-info.net-Robot]::

label = s:!:WebSniffer:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebSniffer/]::

label = s:!:WebwikiBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebwikiBot/]::

label = s:!:webzio:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[webzio]::

label = s:!:WebZIP:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WebZIP]::

label = s:!:WellKnownBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WellKnownBot]::

label = s:!:WepchSearchEngine:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WepchSearchEngine]::

label = s:!:WeSEE Search:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WeSEE:Search]::

label = s:!:WhatsApp:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WhatsApp]::

label = s:!:WhatsMyIP.org:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WhatsMyIP.org]::

label = s:!:WhatWeb:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WhatWeb/]::

label = s:!:Wheregoes.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Wheregoes.com]::

label = s:!:WikiDo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WikiDo]::

label = s:!:WireReaderBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WireReaderBot/]::

label = s:!:WJHRO:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WJHRO/]::

label = s:!:wmtips.com:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[wmtips.com/]::

label = s:!:wocbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[wocbot]::

label = s:!:woobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[woobot]::

label = s:!:woorankreview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[woorankreview/]::

label = s:!:WordCountBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WordCountBot/]::

label = s:!:WordPress:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WordPress/]::

label = s:!:Wordup-1:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Wordup-1]::

label = s:!:WordupInfoSearch:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WordupInfoSearch]::

label = s:!:woriobot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[woriobot]::

label = s:!:workona-favicon-service:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[workona-favicon-service/]::

label = s:!:WorldBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WorldBot]::

label = s:!:wotbox:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[wotbox]::

label = s:!:WovnCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WovnCrawler/]::

label = s:!:wowLink Crawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[wowLink Crawler/]::

label = s:!:WP Time Capsule:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WP Time Capsule]::

label = s:!:WPMU DEV Broken Link Checker:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WPMU DEV Broken Link Checker]::

label = s:!:WPSec:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WPSec/]::

label = s:!:WTotem:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[WTotem]::

label = s:!:Xenu Link Sleuth:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Xenu Link Sleuth]::

label = s:!:Xing Bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Xing Bot]::

label = s:!:XML Sitemaps Generator:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[XML Sitemaps Generator]::

label = s:!:xovibot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[xovibot]::

label = s:!:XoviOnpageCrawler:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[XoviOnpageCrawler]::

label = s:!:XY-Archive-Compliance:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[XY-Archive-Compliance]::

label = s:!:yacybot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[yacybot]::

label = s:!:Yahoo Link Preview:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Yahoo Link Preview]::

label = s:!:YahooCacheSystem:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YahooCacheSystem]::

label = s:!:YahooMailProxy:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YahooMailProxy]::

label = s:!:yandex.com/bots:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[yandex.com/bots]::

label = s:!:YandexRenderResourcesBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YandexRenderResourcesBot/]::

label = s:!:yanga:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[yanga]::

label = s:!:Yellowbrandprotectionbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Yellowbrandprotectionbot]::

label = s:!:YextBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YextBot/]::

label = s:!:YisouSpider:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YisouSpider]::

label = s:!:YokoyGroupAG:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YokoyGroupAG/]::

label = s:!:yoozBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[yoozBot]::

label = s:!:YoudaoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[YoudaoBot]::

label = s:!:Yuuperbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Yuuperbot]::

label = s:!:Zapier:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Zapier]::

label = s:!:Zealbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Zealbot]::

label = s:!:zebra-v2-bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[zebra-v2-bot]::

label = s:!:zenback bot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[zenback bot]::

label = s:!:Zendesk Webhook:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Zendesk Webhook]::

label = s:!:Zombiebot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[Zombiebot/]::

label = s:!:ZoomBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZoomBot]::

label = s:!:ZoomInfo:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZoomInfo-]::

label = s:!:ZoominfoBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZoominfoBot]::

label = s:!:ZoteroTranslationServer/WMF:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZoteroTranslationServer/WMF]::

label = s:!:ZumBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZumBot]::

label = s:!:ZuperlistBot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZuperlistBot/]::

label = s:!:ZyBorg:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[ZyBorg]::

label = s:!:zzhbot:
sys   =
; source: crawler-user-agents (MIT), July 2026; medium
sig   = *:User-Agent=[zzhbot]::
